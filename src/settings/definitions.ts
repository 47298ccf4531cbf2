import { SITE } from '../domain/counter-name.ts';
import {
  DIGEST_RHYTHMS,
  EDGE_SECRET_RULE,
  HASH_SCHEMES,
  INTEGER_RANGES,
  type IntegerRange,
} from './allowed-values.ts';
import type { FunctionName } from './function-name.ts';

/** What values a setting takes. */
export type SettingKind =
  | ({ readonly kind: 'integer' } & IntegerRange & {
        /** What the settings file and the prop say in place of 0. */
        readonly zero?: string;
      })
  | { readonly kind: 'origins'; readonly default: '*' }
  | { readonly kind: 'choice'; readonly default: string; readonly choices: readonly string[] }
  | { readonly kind: 'switch'; readonly default: true }
  | { readonly kind: 'counters' | 'watched-counters'; readonly default: readonly string[] }
  | { readonly kind: 'former-shards'; readonly default: 'none' }
  | { readonly kind: 'table-name'; readonly localDefault: string }
  | { readonly kind: 'counter-name' }
  | {
      readonly kind: 'secret';
      /** What the secret may be, in the table of the settings; by default a key of the hash. */
      readonly values?: string;
    }
  | {
      readonly kind: 'text';
      /** What the text is, in the table of the settings; by default an id. */
      readonly values?: string;
    };

/** A setting of the functions, which is an environment variable. */
export type Definition = SettingKind & {
  /** The functions that read it; legacy reads those of ingest and query. */
  readonly functions: readonly FunctionName[];
  /** A deployment sets it only to another value than the default. */
  readonly omitDefault?: true;
  /** What it decides; a cell of a Markdown table. */
  readonly meaning: string;
  /** Its name in the settings file of a deployment. */
  readonly fileName?: string;
  /** The prop of the construct that sets it. */
  readonly prop?: string;
  /** Of the prop, when that is a duration. */
  readonly unit?: 'seconds' | 'minutes' | 'days';
};

/**
 * Every setting of the functions, in the order of the documentation. The readers of the functions,
 * the environments that a stack gives them, the props of the construct, the settings file with its
 * schema, the local run and the tables in the documentation follow from it or are tested against it.
 */
export const SETTINGS = {
  SESSIONS_TABLE: {
    kind: 'table-name',
    localDefault: 'sessions',
    functions: ['ingest', 'query', 'reporter', 'audit', 'digest'],
    meaning: 'the table with one row per session',
  },
  COUNTS_TABLE: {
    kind: 'table-name',
    localDefault: 'counts',
    functions: ['ingest', 'projector', 'query', 'reporter', 'audit', 'digest'],
    meaning: 'the table with the counters; ingest needs it only for patterns in `COUNTERS`',
  },
  ALLOWED_ORIGINS: {
    kind: 'origins',
    default: '*',
    functions: ['ingest', 'query'],
    fileName: 'allowedOrigins',
    prop: 'allowedOrigins',
    meaning: 'the origins whose pages may count visits and read counts',
  },
  COUNTERS: {
    kind: 'counters',
    default: [] as readonly string[],
    omitDefault: true,
    functions: ['ingest', 'query'],
    fileName: 'counters',
    prop: 'counters',
    meaning:
      'the counters beside that of the whole site, such as one for each page: names, and patterns such as `blog/*` that admit every name below (docs/counters.md)',
  },
  MAX_COUNTERS: {
    kind: 'integer',
    ...INTEGER_RANGES.MAX_COUNTERS,
    omitDefault: true,
    functions: ['ingest'],
    fileName: 'maxCounters',
    prop: 'maxCounters',
    meaning:
      'how many names the patterns may admit in all; visits of further names are refused as `too-many-counters`',
  },
  WATCHED_COUNTERS: {
    kind: 'watched-counters',
    default: [SITE] as readonly string[],
    omitDefault: true,
    functions: ['reporter', 'digest'],
    fileName: 'watch',
    prop: 'watch',
    meaning:
      'the counters whose counts become metrics; those of the site always do, and each other counter has two metrics, at 0.60 USD a month',
  },
  NEW_SESSIONS_PER_HOUR: {
    kind: 'integer',
    ...INTEGER_RANGES.NEW_SESSIONS_PER_HOUR,
    omitDefault: true,
    functions: ['ingest'],
    fileName: 'newSessionsPerHour',
    prop: 'newSessionsPerHour',
    meaning:
      'how many sessions an address may start in each counter and hour in one container of `ingest`, and an IPv6 /48 ten times as many; 0 is no limit. Visits that would start more are refused as `rate` (docs/operations.md#new-sessions-of-one-address)',
  },
  ACTIVE_WINDOW_MINUTES: {
    kind: 'integer',
    ...INTEGER_RANGES.ACTIVE_WINDOW_MINUTES,
    functions: ['ingest', 'query', 'reporter'],
    fileName: 'activeWindowMinutes',
    prop: 'activeWindow',
    unit: 'minutes',
    meaning:
      'how long a session counts as active after its last visit; one dated more than five minutes ahead is not active',
  },
  ACTIVE_SHARDS: {
    kind: 'integer',
    ...INTEGER_RANGES.ACTIVE_SHARDS,
    functions: ['ingest', 'query', 'reporter'],
    fileName: 'activeShards',
    prop: 'activeShards',
    meaning: 'partitions of the index of active sessions; each takes about 660 visits a second',
  },
  FORMER_ACTIVE_SHARDS: {
    kind: 'former-shards',
    default: 'none',
    functions: ['query', 'reporter'],
    meaning:
      'how many partitions may hold active sessions after a change of `ACTIVE_SHARDS`, and until when; a deployment and `npm start` set it',
  },
  TOUCH_INTERVAL_SECONDS: {
    kind: 'integer',
    ...INTEGER_RANGES.TOUCH_INTERVAL_SECONDS,
    functions: ['ingest'],
    fileName: 'touchIntervalSeconds',
    prop: 'touchInterval',
    unit: 'seconds',
    meaning:
      'a visit within this time of the previous visit of its session does not update the row: one write unit instead of three, and no write to the index or the stream. A session may stop being active that much earlier. A row dated more than five minutes ahead is repaired anyway. Must be shorter than the active window',
  },
  ACTIVE_READ_UNITS_PER_SECOND: {
    kind: 'integer',
    ...INTEGER_RANGES.ACTIVE_READ_UNITS_PER_SECOND,
    functions: ['query'],
    fileName: 'activeReadUnitsPerSecond',
    prop: 'activeReadUnitsPerSecond',
    meaning: 'read units that each container of `query` may spend on counting active sessions',
  },
  RETENTION_DAYS: {
    kind: 'integer',
    ...INTEGER_RANGES.RETENTION_DAYS,
    zero: 'forever',
    functions: ['ingest'],
    fileName: 'retentionDays',
    prop: 'retention',
    unit: 'days',
    meaning: 'days from the last visit of a session until its row expires',
  },
  HASH_SCHEME: {
    kind: 'choice',
    default: HASH_SCHEMES[0],
    choices: HASH_SCHEMES,
    functions: ['ingest'],
    fileName: 'hashScheme',
    prop: 'hashScheme',
    meaning:
      'how sessions are hashed; `sha256` has no key and exists only to match the rows of an older counter',
  },
  HASH_KEY: {
    kind: 'secret',
    functions: ['ingest'],
    meaning: 'the key of the hash; `npm start` generates one at its first start',
  },
  HASH_KEY_PARAMETER: {
    kind: 'text',
    functions: ['ingest'],
    meaning:
      'the Systems Manager parameter that holds the key, instead of `HASH_KEY`; a deployment sets it',
  },
  HASH_KEY_SECRET_ID: {
    kind: 'text',
    functions: ['ingest'],
    meaning: 'the Secrets Manager secret that holds the key, instead of `HASH_KEY`',
  },
  EDGE_SECRET: {
    kind: 'secret',
    values: EDGE_SECRET_RULE,
    functions: ['ingest', 'query'],
    meaning:
      'what a CDN in front of the API sends as `x-counter-edge-secret`. With it, requests without it are refused, and the address of a visitor is that in `cloudfront-viewer-address`',
  },
  EDGE_SECRET_PREVIOUS: {
    kind: 'secret',
    values: EDGE_SECRET_RULE,
    functions: ['ingest', 'query'],
    meaning: 'the former `EDGE_SECRET`, which stays valid while the secret is changed',
  },
  EDGE_SECRET_ID: {
    kind: 'text',
    values: 'a name or an ARN',
    functions: ['ingest', 'query'],
    meaning:
      'the Secrets Manager secret that holds the edge secret, instead of `EDGE_SECRET`; its current and its previous value are valid',
  },
  EDGE_REQUIRED: {
    kind: 'switch',
    default: true,
    functions: ['ingest', 'query'],
    omitDefault: true,
    fileName: 'edgeRequired',
    prop: 'edgeRequired',
    meaning:
      '`false` also answers requests without the edge secret, as without an edge, while pages move to it (docs/edge.md#move-from-one-to-the-other)',
  },
  COUNTER_NAME: {
    kind: 'counter-name',
    functions: ['ingest', 'projector', 'reporter', 'audit', 'digest'],
    prop: 'name',
    meaning: 'the counter’s name in its metrics; without one, no metrics are emitted',
  },
  STREAM_MAPPING_ID: {
    kind: 'text',
    functions: ['reporter'],
    meaning: 'the event source mapping whose state the reporter watches; a deployment sets it',
  },
  AUDIT_WITHIN_HOURS: {
    kind: 'integer',
    ...INTEGER_RANGES.AUDIT_WITHIN_HOURS,
    zero: 'never',
    functions: ['reporter'],
    meaning:
      'hours after an audit until the reporter reports the next one as overdue; a deployment with a daily audit sets 26',
  },
  BATCHING_WINDOW_SECONDS: {
    kind: 'integer',
    ...INTEGER_RANGES.BATCHING_WINDOW_SECONDS,
    functions: ['audit'],
    meaning:
      'how long the event source may hold records back, which the audit waits for; a deployment sets it',
  },
  DIGEST: {
    kind: 'choice',
    default: DIGEST_RHYTHMS[0],
    choices: DIGEST_RHYTHMS,
    functions: ['digest'],
    meaning: 'what the digest is about: the last week or the last month; a deployment sets it',
  },
  DIGEST_TOPIC: {
    kind: 'text',
    values: 'an ARN',
    functions: ['digest'],
    meaning: 'the topic to which the digest is published; a deployment sets it',
  },
  DIGEST_API_ID: {
    kind: 'text',
    functions: ['digest'],
    meaning: 'the id of the HTTP API whose requests are in the cost; a deployment sets it',
  },
  DIGEST_FUNCTIONS: {
    kind: 'text',
    values: 'names with MB, separated by commas',
    functions: ['digest'],
    meaning:
      'the functions whose calls are in the cost, each with its memory in MB, such as `ingest:512,query:512`; a deployment sets it',
  },
  FILTER_BOTS: {
    kind: 'switch',
    default: true,
    functions: ['ingest'],
    meaning: '`false` counts visits of bots, too',
  },
  FILTER_AUTOMATION: {
    kind: 'switch',
    default: true,
    functions: ['ingest'],
    omitDefault: true,
    fileName: 'filterAutomation',
    prop: 'filterAutomation',
    meaning:
      '`false` counts visits of scripts that claim to be Chromium but do not send its headers, too (docs/operations.md)',
  },
  FILTER_PREFETCH: {
    kind: 'switch',
    default: true,
    functions: ['ingest'],
    meaning: '`false` counts prefetched pages, too',
  },
  HONOR_OPT_OUT: {
    kind: 'switch',
    default: true,
    functions: ['ingest'],
    meaning: '`false` counts visits of browsers that ask not to be tracked, too',
  },
} as const satisfies Readonly<Record<string, Definition>>;

/** The name of a setting, which is that of its environment variable. */
export type VariableName = keyof typeof SETTINGS;

/** The settings of one kind. */
export type VariableOfKind<Kind extends SettingKind['kind']> = {
  [Name in VariableName]: (typeof SETTINGS)[Name]['kind'] extends Kind ? Name : never;
}[VariableName];

/** The settings in the order of the table. */
export const VARIABLE_NAMES = Object.keys(SETTINGS) as VariableName[];

/** The settings that a function reads. */
export const variablesOf = (name: FunctionName): VariableName[] => {
  const definitions: Readonly<Record<VariableName, Definition>> = SETTINGS;
  return VARIABLE_NAMES.filter((variable) =>
    partsOf(name).some((part) => definitions[variable].functions.includes(part)),
  );
};

// legacy counts like ingest and reads like query, so it reads the settings of both.
const partsOf = (name: FunctionName): readonly FunctionName[] =>
  name === 'legacy' ? ['ingest', 'query'] : [name];
