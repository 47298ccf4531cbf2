import { DIGEST_RHYTHMS } from '../../src/settings/allowed-values.ts';
import { SETTINGS, type SettingKind } from '../../src/settings/definitions.ts';
import { BATCHING_WINDOW } from '../props/batching-window.ts';
import { THROTTLE } from '../props/throttle.ts';

/** What values a setting in the file takes. */
export type FileSettingKind =
  | SettingKind
  | { readonly kind: 'switch'; readonly default: boolean }
  | {
      /** `null` derives it from another setting. */
      readonly kind: 'derived-integer';
      readonly default: null;
      readonly min: number;
      readonly max: number;
      readonly derivedFrom: string;
    }
  | { readonly kind: 'stack-name'; readonly default: string }
  | {
      readonly kind: 'email' | 'web-address' | 'stream' | 'existing-table' | DomainKind;
      readonly default: null;
    };

type DomainKind = 'domain' | 'certificate' | 'hosted-zone' | 'secret-version';

/** A setting in the file. */
export type FileDefinition = FileSettingKind & { readonly meaning: string };

type Settings = typeof SETTINGS;

type FunctionSettings = {
  readonly [Name in keyof Settings as Settings[Name] extends {
    fileName: infer FileName extends string;
  }
    ? FileName
    : never]: Settings[Name];
};

// The settings of the functions that a deployment decides, by their names in the file.
const functionSettings = Object.fromEntries(
  Object.values(SETTINGS).flatMap((definition) =>
    'fileName' in definition ? [[definition.fileName, definition]] : [],
  ),
) as FunctionSettings;

/**
 * Every setting of a deployment, in the order of the file: those of the functions, and those of the
 * stack alone. The schema, the table in docs/deploying.md and the error messages follow from it.
 */
export const DEFINITIONS = {
  name: {
    kind: 'stack-name',
    default: 'session-counter',
    meaning:
      'the name of the stack and of the counter; another name is another counter, which starts at 0',
  },
  ...functionSettings,
  activeShards: {
    kind: 'derived-integer',
    ...{ default: null, min: SETTINGS.ACTIVE_SHARDS.min, max: SETTINGS.ACTIVE_SHARDS.max },
    derivedFrom: 'ratePerSecond',
    meaning: `${SETTINGS.ACTIVE_SHARDS.meaning}. By default, the number is derived from \`ratePerSecond\`. After a change, the former ones are read for another 25 hours`,
  },
  legacyRoute: {
    kind: 'switch',
    default: false,
    meaning:
      '`true` adds `GET /`, which counts a visit and answers both numbers, for pages of the Python counter; a page view costs one request, one visit and one read of the counts',
  },
  batchingWindowSeconds: {
    kind: 'integer',
    ...{ default: BATCHING_WINDOW.default, min: BATCHING_WINDOW.min, max: BATCHING_WINDOW.max },
    meaning:
      'how long new sessions may wait until they are counted together: the total lags by up to that time, and the counter is written less often',
  },
  ratePerSecond: {
    kind: 'integer',
    ...THROTTLE.ratePerSecond,
    meaning:
      'requests per second that each route lets through, on average; the maximum throughput of the tables follows from it',
  },
  burst: {
    kind: 'integer',
    ...THROTTLE.burst,
    meaning: 'requests that each route lets through at the same time',
  },
  dualStack: {
    kind: 'switch',
    default: true,
    meaning:
      'whether the API has addresses of IPv6, too; a visitor who uses IPv6 is recognised by the network (/64), and is another session than over IPv4',
  },
  domainName: {
    kind: 'domain',
    default: null,
    meaning:
      'the domain of the API, or with `edge` of the distribution, such as `count.example.com`. Only with `certificateArn` (docs/edge.md)',
  },
  certificateArn: {
    kind: 'certificate',
    default: null,
    meaning:
      'the certificate for `domainName`: of the region of the stack, or with `edge` of us-east-1',
  },
  hostedZoneId: {
    kind: 'hosted-zone',
    default: null,
    meaning:
      'the hosted zone that gets the alias records of `domainName`; without one, you create them yourself',
  },
  defaultEndpoint: {
    kind: 'switch',
    default: true,
    meaning:
      '`false` lets the API refuse requests at the address that AWS gives it. Only with `domainName`, and without `edge`',
  },
  edge: {
    kind: 'switch',
    default: false,
    meaning:
      '`true` puts CloudFront in front of the API, which then refuses all other requests; a secret at 0.40 USD a month (docs/edge.md)',
  },
  edgeSecretVersion: {
    kind: 'secret-version',
    default: null,
    meaning:
      'the id of the version of the secret that CloudFront sends, after you have given the secret a new value (docs/edge.md#change-the-secret). Only with `edge`',
  },
  alarms: {
    kind: 'switch',
    default: true,
    meaning:
      'whether there are alarms, ten, which is as many as are free in an account; 1.00 USD a month at list price; `false` if you watch the counter by other means',
  },
  dashboard: {
    kind: 'switch',
    default: true,
    meaning:
      'whether there is a CloudWatch dashboard; three in an account are free, if they have at most 50 metrics, and others cost 3 USD a month; this one has 43 to 50, and two more for each counter in `watch` beside that of the site',
  },
  alarmEmail: {
    kind: 'email',
    default: null,
    meaning: 'who gets an e-mail when an alarm goes off or ends; the first e-mail asks to confirm',
  },
  digest: {
    kind: 'choice',
    default: 'off',
    choices: ['off', ...DIGEST_RHYTHMS],
    meaning:
      'how often `alarmEmail` gets an e-mail that sums up the last week or month: new sessions, refused visits, the last audit and the cost (docs/operations.md#the-digest)',
  },
  keepTables: {
    kind: 'switch',
    default: true,
    meaning: '`false` lets `destroy` delete the tables and the key',
  },
  sessionsTableStream: {
    kind: 'stream',
    default: null,
    meaning:
      'the ARN of the stream of an existing sessions table, such as a restored one; it also names the table. Only with `countsTable` (docs/operations.md#restore-from-a-backup)',
  },
  countsTable: {
    kind: 'existing-table',
    default: null,
    meaning:
      'the name of an existing counts table, such as one restored to the same time. Only with `sessionsTableStream`. Existing tables are never deleted',
  },
  runbookUrl: {
    kind: 'web-address',
    default: null,
    meaning: 'where your copy of docs/operations.md is, for the links in the alarms',
  },
} as const satisfies Readonly<Record<string, FileDefinition>>;
