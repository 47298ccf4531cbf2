import type { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { Schedule } from 'aws-cdk-lib/aws-events';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { FunctionName } from '../../src/settings/function-name.ts';

/** What may be decided about a counter. Nothing has to be. */
export interface SessionCounterProps {
  /**
   * Tells this counter's metrics, dashboard and alarms from those of others in the account.
   * Letters, digits, `-` and `_`, at most 64.
   * @default the path of the construct, its stack first
   */
  readonly name?: string;
  /**
   * The web origins whose pages may count visits and read counts, such as `https://example.com`.
   * @default '*': pages of every origin
   */
  readonly allowedOrigins?: '*' | readonly string[];
  /**
   * For how long after a visit a session is active; whole minutes, 1 to 1440.
   * @default Duration.minutes(60)
   */
  readonly activeWindow?: Duration;
  /**
   * For how long after its last visit a session is kept; whole days, 1 to 3650. A visitor who
   * returns later is counted as a new session.
   * @default Duration.days(395)
   */
  readonly retention?: Duration | 'forever';
  /**
   * Partitions of the index of active sessions, 1 to 64. Each takes about 660 visits a second; with
   * fewer than before, sessions in those that are gone are active again from their next visit on.
   * @default 4
   */
  readonly activeShards?: number;
  /**
   * Visits that follow the last one of their session within less than this leave its row as it is,
   * which costs a third; the session may count as active for that much less. Whole seconds, up to
   * an hour and below the active window.
   * @default Duration.seconds(0): every visit moves the row
   */
  readonly touchInterval?: Duration;
  /**
   * Read units a second that each container of the query function may use on counting active
   * sessions; it counts them as often as that allows, and once a minute at least. 1 to 1,000,000.
   * @default 5: to the second up to some 400 active sessions
   */
  readonly activeReadUnitsPerSecond?: number;
  /**
   * `sha256` hashes without a key: whoever gets the hashes can find the addresses behind them.
   * @default 'hmac-sha256'
   */
  readonly hashScheme?: 'hmac-sha256' | 'sha256';
  /**
   * A secret that holds the key of the hash, at least 32 characters of text; with its full ARN.
   * If a key of one's own encrypts it, that key's policy must let the ingest function decrypt.
   * @default one is generated
   */
  readonly hashKeySecret?: ISecret;
  /**
   * The most requests that each route is to let through; the tables' limits follow from it. AWS calls
   * both targets, not ceilings.
   * @default { ratePerSecond: 50, burst: 100 }
   */
  readonly throttle?: Throttle;
  /**
   * Who gets an e-mail when an alarm goes off or ends; must be confirmed once, by a first e-mail.
   * @default nobody
   */
  readonly alarmEmail?: string;
  /**
   * A topic of one's own to which the alarms are published.
   * @default one is made when there is an `alarmEmail`
   */
  readonly alarmTopic?: ITopic;
  /**
   * What becomes of the tables and of a generated key when the construct is deleted.
   * @default RemovalPolicy.RETAIN
   */
  readonly tableRemovalPolicy?: RemovalPolicy;
  /**
   * When the rows are compared with the counter. Each time, every row is read.
   * @default every day at 06:30 UTC
   */
  readonly auditSchedule?: Schedule;
  /**
   * The most containers of a function at once, which are then its own. A new account has ten
   * containers in all and refuses to reserve any.
   * @default none is reserved
   */
  readonly reservedConcurrency?: Partial<Record<FunctionName, number>>;
  /**
   * Where the sections that the alarms link to are found.
   * @default the counter's dashboard, which says in short what to do
   */
  readonly runbookUrl?: string;
  /**
   * The folder that holds `<function>/index.mjs` for each function.
   * @default 'dist'
   */
  readonly bundleFolder?: string;
}

/**
 * The most requests that are to be let through; the rest is answered 429, as well as API Gateway can.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html
 */
export interface Throttle {
  /** Requests a second, in the long run. */
  readonly ratePerSecond: number;
  /** Requests at once. */
  readonly burst: number;
}
