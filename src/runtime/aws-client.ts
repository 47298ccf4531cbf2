/** How long an AWS client waits before it gives up. */
export interface ClientLimits {
  /** The maximum number of times that a request is sent. */
  readonly attempts: number;
  /** Time to connect, milliseconds. */
  readonly connectMs: number;
  /** Time until each response begins, milliseconds. */
  readonly answerMs: number;
  /**
   * Closes a connection after this many milliseconds of silence, even in the middle of a response. It
   * also closes idle connections, so functions on Lambda, which reuse theirs, do not set it: Lambda's
   * own timeout ends them.
   */
  readonly silenceMs?: number;
}

/**
 * The limits of every client in this project. Those that functions use leave them enough time to report
 * the error.
 */
export const LIMITS = {
  /** For the tables. A healthy DynamoDB responds in milliseconds; this gives up within 8 seconds. */
  tables: { attempts: 3, connectMs: 1_000, answerMs: 2_000 },
  /** For the tables, outside Lambda, where no function timeout applies. */
  tablesOutsideLambda: { attempts: 3, connectMs: 1_000, answerMs: 2_000, silenceMs: 2_000 },
  /** For a function's other requests, about 4 seconds: a first visit still needs up to 8 for its table. */
  otherServices: { attempts: 2, connectMs: 500, answerMs: 1_500 },
  /**
   * For streams. An in-memory emulator reads all records of a table for each page, which took 0.8 seconds
   * for 12,000.
   */
  streams: { attempts: 3, connectMs: 1_000, answerMs: 5_000, silenceMs: 5_000 },
  /** For a function that nobody waits for: gives up within 30 seconds. */
  inBackground: { attempts: 3, connectMs: 2_000, answerMs: 8_000 },
  /** For a function that CloudFormation waits for. */
  deployment: { attempts: 3, connectMs: 2_000, answerMs: 8_000 },
  /** For describing stacks and accounts while an operator waits. */
  management: { attempts: 3, connectMs: 5_000, answerMs: 20_000, silenceMs: 20_000 },
} as const satisfies Record<string, ClientLimits>;

/** The part of every SDK client's configuration that sets limits. */
interface LimitedConfig {
  readonly maxAttempts?: number;
  readonly requestHandler?: {
    readonly connectionTimeout: number;
    readonly requestTimeout: number;
    readonly socketTimeout?: number;
    readonly throwOnRequestTimeout: boolean;
  };
}

/**
 * Creates an SDK client that never waits forever, as the SDK does by default. Every client is created
 * here; a test enforces it.
 *
 * @example createClient(SSMClient, LIMITS.management, { region: 'eu-central-1' })
 */
export const createClient = <Config extends object, Client>(
  ClientClass: new (config: Config & LimitedConfig) => Client,
  { attempts, connectMs, answerMs, silenceMs }: ClientLimits,
  config: Config = {} as Config,
): Client =>
  new ClientClass({
    maxAttempts: attempts,
    requestHandler: {
      connectionTimeout: connectMs,
      requestTimeout: answerMs,
      throwOnRequestTimeout: true,
      ...(silenceMs !== undefined && { socketTimeout: silenceMs }),
    },
    ...config,
  });
