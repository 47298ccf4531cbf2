import type { Environment } from '../../settings/readers.ts';

/** Where a counter runs, and its settings. */
export interface CounterLocation {
  readonly sessionsTable: string;
  readonly countsTable: string;
  /** The known settings of its functions; the others have their defaults. */
  readonly settings: Environment;
  /** Its DynamoDB, unless the SDK's environment variables lead to it. */
  readonly connection?: Connection;
  /** For messages: `the stack NAME`. */
  readonly name: string;
}

export interface Connection {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}
