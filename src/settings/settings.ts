import type { AllowedOrigins } from '../domain/allowed-origins.ts';
import type { SessionRules } from '../domain/session-touch.ts';
import type { VisitFilters } from '../domain/visit-filter.ts';
import {
  type Environment,
  readChoice,
  readCounterName,
  readInteger,
  readOptional,
  readOrigins,
  readSwitch,
  readTableName,
} from './readers.ts';
import { SettingError } from './setting-error.ts';

/** Where the key of the session hash comes from. */
export type HashSetting =
  | { readonly scheme: 'sha256' }
  | { readonly scheme: 'hmac-sha256'; readonly key: HashKeyOrigin | undefined };

/** The key itself, or the Secrets Manager secret that holds it. */
export type HashKeyOrigin = { readonly value: string } | { readonly secretId: string };

export interface IngestSettings {
  readonly sessionsTable: string;
  readonly allowedOrigins: AllowedOrigins;
  readonly hash: HashSetting;
  readonly filters: VisitFilters;
  readonly rules: SessionRules;
  readonly counterName: string | undefined;
}

export interface ProjectorSettings {
  readonly countsTable: string;
  readonly counterName: string | undefined;
}

export interface QuerySettings {
  readonly sessionsTable: string;
  readonly countsTable: string;
  readonly allowedOrigins: AllowedOrigins;
  readonly activeShards: number;
  readonly activeWindowMinutes: number;
  /** Read units that a container may use on counting active sessions, in the long run. */
  readonly activeReadUnitsPerSecond: number;
}

export interface AuditSettings {
  readonly sessionsTable: string;
  readonly countsTable: string;
  readonly counterName: string | undefined;
}

export interface ReporterSettings extends AuditSettings {
  readonly activeShards: number;
  readonly activeWindowMinutes: number;
  /** The event source mapping to watch; undefined where there is none. */
  readonly streamMappingId: string | undefined;
}

/** The shortest key taken, in characters: 32 random ones are out of reach of guessing. */
export const HASH_KEY_MIN_LENGTH = 32;

/** What ingest needs. Throws a SettingError that names the first setting that is wrong. */
export const readIngestSettings = (env: Environment): IngestSettings => ({
  sessionsTable: readSessionsTable(env),
  allowedOrigins: readOrigins(env, 'ALLOWED_ORIGINS'),
  hash: readHashSetting(env),
  filters: {
    bots: readSwitch(env, 'FILTER_BOTS'),
    prefetches: readSwitch(env, 'FILTER_PREFETCH'),
    optOuts: readSwitch(env, 'HONOR_OPT_OUT'),
  },
  rules: {
    activeShards: readActiveShards(env),
    retentionDays: readInteger(env, 'RETENTION_DAYS', { default: 395, min: 0, max: 3650 }),
    touchIntervalSeconds: readTouchInterval(env),
  },
  counterName: readCounterName(env),
});

/** What the projector needs. Throws a SettingError that names the setting that is wrong. */
export const readProjectorSettings = (env: Environment): ProjectorSettings => ({
  countsTable: readCountsTable(env),
  counterName: readCounterName(env),
});

/** What query needs. Throws a SettingError that names the first setting that is wrong. */
export const readQuerySettings = (env: Environment): QuerySettings => ({
  sessionsTable: readSessionsTable(env),
  countsTable: readCountsTable(env),
  allowedOrigins: readOrigins(env, 'ALLOWED_ORIGINS'),
  activeShards: readActiveShards(env),
  activeWindowMinutes: readActiveWindow(env),
  activeReadUnitsPerSecond: readInteger(env, 'ACTIVE_READ_UNITS_PER_SECOND', READ_UNITS),
});

/** What the reporter needs. Throws a SettingError that names the first setting that is wrong. */
export const readReporterSettings = (env: Environment): ReporterSettings => ({
  ...readAuditSettings(env),
  activeShards: readActiveShards(env),
  activeWindowMinutes: readActiveWindow(env),
  streamMappingId: readOptional(env, 'STREAM_MAPPING_ID'),
});

/** What the audit needs. Throws a SettingError that names the first setting that is wrong. */
export const readAuditSettings = (env: Environment): AuditSettings => ({
  sessionsTable: readSessionsTable(env),
  countsTable: readCountsTable(env),
  counterName: readCounterName(env),
});

const readSessionsTable = (env: Environment): string =>
  readTableName(env, 'SESSIONS_TABLE', 'the sessions table');

const readCountsTable = (env: Environment): string =>
  readTableName(env, 'COUNTS_TABLE', 'the counts table');

const readActiveShards = (env: Environment): number =>
  readInteger(env, 'ACTIVE_SHARDS', { default: 4, min: 1, max: 64 });

// At most a day, which is the shortest retention: a row must not expire while it is active.
const readActiveWindow = (env: Environment): number =>
  readInteger(env, 'ACTIVE_WINDOW_MINUTES', { default: 60, min: 1, max: 1440 });

const READ_UNITS = { default: 5, min: 1, max: 1_000_000 };

// A session whose row stays as it is for longer than the window would be active no more, although
// its visitor is there.
const readTouchInterval = (env: Environment): number => {
  const name = 'TOUCH_INTERVAL_SECONDS';
  const seconds = readInteger(env, name, { default: 0, min: 0, max: 3_600 });
  const window = readActiveWindow(env);
  if (seconds < window * 60) return seconds;
  throw new SettingError(name, `below ACTIVE_WINDOW_MINUTES, ${window}`, String(seconds));
};

const readHashSetting = (env: Environment): HashSetting => {
  const scheme = readChoice(env, 'HASH_SCHEME', ['hmac-sha256', 'sha256']);
  return scheme === 'sha256' ? { scheme } : { scheme, key: readHashKey(env) };
};

const readHashKey = (env: Environment): HashKeyOrigin | undefined => {
  const value = readOptional(env, 'HASH_KEY');
  const secretId = readOptional(env, 'HASH_KEY_SECRET_ID');
  if (value && secretId) {
    throw new SettingError('HASH_KEY', 'unset when HASH_KEY_SECRET_ID is set: one key, one place');
  }
  if (value && value.length < HASH_KEY_MIN_LENGTH) {
    throw new SettingError('HASH_KEY', `at least ${HASH_KEY_MIN_LENGTH} characters`);
  }
  if (value) return { value };
  return secretId ? { secretId } : undefined;
};
