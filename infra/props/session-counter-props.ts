import type { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { Schedule } from 'aws-cdk-lib/aws-events';
import type { IHostedZone } from 'aws-cdk-lib/aws-route53';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IParameter } from 'aws-cdk-lib/aws-ssm';
import type { FunctionName } from '../../src/settings/function-name.ts';
import type { Throttle } from './throttle.ts';

/**
 * The options of a counter, all of them optional. The construct throws an InvalidPropError for an invalid
 * value.
 */
export interface SessionCounterProps {
  /**
   * Distinguishes the metrics, dashboard and alarms of this counter from those of others in the
   * account and region, and must be unique there. 1 to 64 letters, digits, `-` and `_`.
   * @default the path of the construct, its stack first
   */
  readonly name?: string;
  /**
   * The web origins whose pages may count visits and read counts, such as `https://example.com`. With
   * `counters`, at most 2800 characters in all.
   * @default '*': pages of every origin
   */
  readonly allowedOrigins?: '*' | readonly string[];
  /**
   * The counters beside that of the whole site, such as one for each page. Names, and patterns that end in
   * `/*` and admit every name below: `blog/*` admits `blog/first-post`. At most 2048 characters in all.
   * @default []: only the counter of the site
   */
  readonly counters?: readonly string[];
  /**
   * How many names the patterns in `counters` may admit in all, 1 to 100000. Visits of further names are
   * refused, so that nobody can fill the tables with invented names.
   * @default 1000
   */
  readonly maxCounters?: number;
  /**
   * The counters whose counts become metrics, 1 to 10 names that `counters` admits. Those of `site` always do,
   * because the alarms need them. Each other counter has two metrics, at 0.60 USD a month.
   * @default ['site']
   */
  readonly watch?: readonly string[];
  /**
   * How many sessions an address may start in each counter and hour, in one container of the function that counts
   * visits; 0 to 1000000, and 0 is no limit. An IPv6 address is its /64, and a /48 may start ten times as many.
   * Visits that would start more are refused as `rate`. Raise it if many visitors share addresses, as they do on
   * mobile networks.
   * @default 30
   */
  readonly newSessionsPerHour?: number;
  /**
   * How long a session counts as active after its last visit. 1 to 1440 whole minutes.
   * @default Duration.minutes(60)
   */
  readonly activeWindow?: Duration;
  /**
   * How long a session is kept after its last visit. 1 to 3650 whole days, or `forever`. A visitor
   * who returns later is counted as a new session.
   * @default Duration.days(395)
   */
  readonly retention?: Duration | 'forever';
  /**
   * Partitions of the index of active sessions, 1 to 64. Each takes about 660 visits a second. After a
   * change, the former partitions are read for another 25 hours, so that no active session is lost.
   * @default derived from the `ratePerSecond` of `throttle`: one for each 660, so 1 at the default of 50
   */
  readonly activeShards?: number;
  /**
   * A visit within this time of the previous visit of its session does not update the row, which
   * costs a third; the session may stop being active that much earlier. 0 to 3600 whole seconds, and
   * below the active window.
   * @default Duration.seconds(0): every visit updates the row
   */
  readonly touchInterval?: Duration;
  /**
   * Read units per second that each container of the query function may spend on counting active
   * sessions, 1 to 1000000. It counts them as often as that allows, and at least once a minute.
   * @default 1: current to the second up to 97 active sessions
   */
  readonly activeReadUnitsPerSecond?: number;
  /**
   * How visitors are hashed. `sha256` has no key: anyone who gets the hashes can find the addresses
   * behind them.
   * @default 'hmac-sha256'
   */
  readonly hashScheme?: 'hmac-sha256' | 'sha256';
  /**
   * Whether the API refuses requests that do not come through CloudFront; with `edge` or `addToDistribution`. `false`
   * answers them, too, as without CloudFront, so that no visit is lost while pages move to it.
   * @default true
   */
  readonly edgeRequired?: boolean;
  /**
   * Whether visits of scripts are refused that claim to be Chromium but do not send its headers. `false` if a
   * proxy in front of the API removes headers.
   * @default true
   */
  readonly filterAutomation?: boolean;
  /**
   * A parameter of Systems Manager whose value is the key of the hash: at least 32 characters. If it is
   * encrypted with a customer managed key, the policy of that key must let the functions ingest and,
   * with `legacyRoute`, legacy decrypt it.
   * @default a key is generated, and kept in a parameter that is encrypted with the key `aws/ssm`
   */
  readonly hashKeyParameter?: IParameter;
  /**
   * Instead of a parameter, a secret of Secrets Manager, given by its full ARN, at 0.40 USD a month. Its
   * text must be the key, and the policy of a customer managed key must let the same functions decrypt it.
   * @default no secret is used
   */
  readonly hashKeySecret?: ISecret;
  /**
   * How long visits may wait until they are counted together, 0 to 300 whole seconds. The total then
   * lags by up to that time. Each batch is one call of the projector and one write for each counter in it:
   * a longer window saves most of them.
   * @default Duration.seconds(1): at most one write of a counter a second for each shard of the stream
   */
  readonly batchingWindow?: Duration;
  /**
   * The most requests that each route lets through, per second and at the same time; the maximum
   * throughput of the tables follows from it. AWS calls both of them targets, not ceilings.
   * @default { ratePerSecond: 50, burst: 100 }
   */
  readonly throttle?: Throttle;
  /**
   * Whether the API has addresses of IPv6, too. A visitor who uses IPv6 is recognised by the network, the
   * first 64 bits of the address, and is another session than the same visitor over IPv4.
   * @default true
   */
  readonly dualStack?: boolean;
  /**
   * The domain of the counter, such as `count.example.com`: of its API, or with `edge` of its distribution. Needs
   * `certificate`.
   * @default the domain that AWS gives the API or the distribution
   */
  readonly domainName?: string;
  /**
   * The certificate of Certificate Manager for `domainName`: in the region of the stack, or with `edge` in
   * `us-east-1`.
   * @default none; needed with `domainName`
   */
  readonly certificate?: ICertificate;
  /**
   * The hosted zone of Route 53 that gets the alias records of `domainName`, for IPv4 and with `dualStack` for IPv6.
   * @default no records are created
   */
  readonly hostedZone?: IHostedZone;
  /**
   * Whether the API refuses requests at the address that AWS gives it. Needs `domainName`, and excludes `edge`.
   * @default false
   */
  readonly disableDefaultEndpoint?: boolean;
  /**
   * Whether CloudFront serves the counter, with a distribution of its own. The API then refuses all other requests.
   * To make the counter a path of your own site, use `addToDistribution` instead. Either takes a secret of
   * Secrets Manager, at 0.40 USD a month.
   * @default false
   */
  readonly edge?: boolean;
  /**
   * The id of the version of the secret that CloudFront sends to the API, after you have given the secret a new
   * value (docs/edge.md).
   * @default the version that is current when CloudFormation creates or changes the distribution
   */
  readonly edgeSecretVersion?: string;
  /**
   * Whether the counter has alarms: ten with one metric each, which costs 0.10 USD a month beyond the ten that
   * are free in an account. `false` if you watch its metrics by other means; then `alarmEmail`, `alarmTopic`
   * and `runbookUrl` must be left out.
   * @default true
   */
  readonly alarms?: boolean;
  /**
   * Whether the counter has a CloudWatch dashboard. Three in an account are free, if they have at most 50 metrics;
   * others cost 3 USD a month. This one has 43 to 50, and two more for each counter in `watch` beside that of the
   * site.
   * @default true
   */
  readonly dashboard?: boolean;
  /**
   * Who gets an e-mail when an alarm goes off or ends. The first e-mail asks to confirm.
   * @default nobody
   */
  readonly alarmEmail?: string;
  /**
   * An existing topic to which the alarms and the digest are published. If a customer managed key encrypts it, import
   * it with `Topic.fromTopicAttributes` and `keyArn`, so that the digest may use the key.
   * @default a topic is created if there is an `alarmEmail`; otherwise the alarms notify nobody
   */
  readonly alarmTopic?: ITopic;
  /**
   * How often an e-mail sums up the new sessions, the refused visits, the last audit and the cost, `weekly` or
   * `monthly`. It goes to `alarmEmail` or `alarmTopic`, of which one must be given. It takes a function of its own, and
   * costs less than 0.01 USD a month.
   * @default 'off'
   */
  readonly digest?: 'off' | 'weekly' | 'monthly';
  /**
   * An existing sessions table, such as one that was restored from a backup, with the ARN of its stream:
   * `Table.fromTableAttributes(this, 'Sessions', { tableName, tableStreamArn })`. It needs the key, the index
   * `active-sessions`, the stream (new and old images) and the time to live (`expires_at`) of the table that the
   * construct creates; if a customer managed key encrypts it, give `encryptionKey`, too. Only with `countsTable`.
   * @default a table is created
   */
  readonly sessionsTable?: ITable;
  /**
   * An existing counts table, such as one that was restored to the same time. Only with `sessionsTable`. The
   * construct never changes or deletes existing tables.
   * @default a table is created
   */
  readonly countsTable?: ITable;
  /**
   * What happens to the tables and to a generated key when the construct is removed. Unless it is
   * `DESTROY`, the tables also have deletion protection. Logs, dashboard and alarms are always deleted, and
   * existing tables never.
   * @default RemovalPolicy.RETAIN
   */
  readonly tableRemovalPolicy?: RemovalPolicy;
  /**
   * When to compare the rows with the counter. Each audit reads every row. With a schedule of your own,
   * the alarm `audit-failed` replaces `audit-missing`, which expects an audit every day.
   * @default every day at 06:30 UTC
   */
  readonly auditSchedule?: Schedule;
  /**
   * Concurrent calls to reserve for a function, which are also its maximum. A new account has a
   * concurrency of ten, and cannot reserve any.
   * @default none is reserved
   */
  readonly reservedConcurrency?: Partial<Record<FunctionName, number>>;
  /**
   * The page to whose sections the alarms link, each by its name, such as `#counter-drift`.
   * @default the dashboard of the counter, which says briefly what to do; no link without a dashboard
   */
  readonly runbookUrl?: string;
  /**
   * Adds `GET /`, which counts a visit and answers `message`, `unique_session_count` and
   * `active_sessions`, so that a page of the Python counter goes on working. It takes a function of
   * its own, and costs one request, one write and one read of the counts for each page view.
   * @default false
   */
  readonly legacyRoute?: boolean;
  /**
   * The folder with `<function>/index.mjs` for each function, for `hash-key` and for `active-shards`. The
   * construct throws when one is missing.
   * @default the folder `dist` of this package; in a checkout, `npm run build` fills it
   */
  readonly bundleFolder?: string;
}
