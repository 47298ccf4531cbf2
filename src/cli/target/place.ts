import type { Environment } from '../../settings/readers.ts';

/** Where a counter is. */
export interface Place {
  readonly sessionsTable: string;
  readonly countsTable: string;
  /** The settings of its functions, as far as they are known; a default holds for the others. */
  readonly settings: Environment;
  /** Its DynamoDB, when that is not what the SDK finds by its own variables. */
  readonly connection?: Connection;
  /** In words, for the reader. */
  readonly name: string;
}

export interface Connection {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}
