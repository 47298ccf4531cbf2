/** How long a client of AWS waits before it gives up. */
export interface ClientLimits {
  /** How often a request is sent at most. */
  readonly attempts: number;
  /** For a connection, milliseconds. */
  readonly connectMs: number;
  /** For each answer to begin, milliseconds. */
  readonly answerMs: number;
  /**
   * Ends a connection that is silent for so long, milliseconds, also in the middle of an answer. It
   * ends idle connections as well, so functions on Lambda, which keep theirs, go without: they have
   * a time limit of their own.
   */
  readonly silenceMs?: number;
}

/**
 * The limits of every client in this project. Those of tables, and beside them, leave a function the
 * time to say what is wrong.
 */
export const LIMITS = {
  /** The tables. A healthy DynamoDB answers in milliseconds; this gives up within 8 seconds. */
  tables: { attempts: 3, connectMs: 1_000, answerMs: 2_000 },
  /** The tables, from a process that no Lambda ends. */
  tablesOutsideLambda: { attempts: 3, connectMs: 1_000, answerMs: 2_000, silenceMs: 2_000 },
  /** What a function asks beside its tables, about 4 seconds: a first visit still needs 8 more. */
  besideTables: { attempts: 2, connectMs: 500, answerMs: 1_500 },
  /**
   * Streams. An emulator in memory reads all records of a table for a page of them, which took 0.8
   * seconds at 12,000.
   */
  streams: { attempts: 3, connectMs: 1_000, answerMs: 5_000, silenceMs: 5_000 },
  /** What describes stacks and accounts, for a person who waits. */
  management: { attempts: 3, connectMs: 5_000, answerMs: 20_000, silenceMs: 20_000 },
} as const satisfies Record<string, ClientLimits>;

/** What every client of the SDK takes as limits. */
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
 * Makes a client of the SDK that never waits for ever, which the SDK's own default does. All clients
 * are made here, which a test watches over.
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
