import type { AllowedOrigins } from '../domain/allowed-origins.ts';
import type { CounterList } from '../domain/counter-name.ts';
import type { IndexShards } from '../domain/former-shards.ts';
import type { SessionRules } from '../domain/session-touch.ts';
import type { VisitFilters } from '../domain/visit-filter.ts';
import { readCounters, readWatchedCounters } from './counter-lists.ts';
import { type EdgeSetting, readEdgeSetting } from './edge-setting.ts';
import { type HashSetting, readHashSetting } from './hash-setting.ts';
import { type MatchedNames, readMatchedNames } from './matched-names.ts';
import {
  type Environment,
  readCounterName,
  readCountsTable,
  readFormerShards,
  readInteger,
  readOptional,
  readOrigins,
  readSessionsTable,
  readSwitch,
} from './readers.ts';
import { SettingError } from './setting-error.ts';

export interface IngestSettings {
  readonly sessionsTable: string;
  readonly counters: CounterList;
  /** The names that patterns admit; undefined without patterns. */
  readonly matchedNames: MatchedNames | undefined;
  readonly allowedOrigins: AllowedOrigins;
  /** What tells requests of the edge from others; undefined without an edge. */
  readonly edge: EdgeSetting | undefined;
  readonly hash: HashSetting;
  readonly filters: VisitFilters;
  readonly rules: SessionRules;
  /** How many sessions an address may start in each counter and hour; 0 is no limit. */
  readonly newSessionsPerHour: number;
  readonly activeWindowMinutes: number;
  readonly counterName: string | undefined;
}

export interface ProjectorSettings {
  readonly countsTable: string;
  readonly counterName: string | undefined;
}

export interface QuerySettings extends IndexShards {
  readonly sessionsTable: string;
  readonly countsTable: string;
  readonly counters: CounterList;
  readonly allowedOrigins: AllowedOrigins;
  /** What tells requests of the edge from others; undefined without an edge. */
  readonly edge: EdgeSetting | undefined;
  readonly activeWindowMinutes: number;
  /** Read units that a container may spend on counting active sessions, on average. */
  readonly activeReadUnitsPerSecond: number;
}

interface MeteredTables {
  readonly sessionsTable: string;
  readonly countsTable: string;
  readonly counterName: string | undefined;
}

export interface AuditSettings extends MeteredTables {
  /** How long the event source may hold records back. */
  readonly batchingWindowSeconds: number;
}

export interface ReporterSettings extends MeteredTables, IndexShards {
  /** The counters whose counts become metrics, in addition to the site's. */
  readonly watchedCounters: readonly string[];
  readonly activeWindowMinutes: number;
  /** The event source mapping to watch; undefined where there is none. */
  readonly streamMappingId: string | undefined;
  /** Hours from one audit to the next, at most; 0 where none is expected. */
  readonly auditWithinHours: number;
}

/** The settings of ingest. Throws a SettingError that names the first setting that is wrong. */
export const readIngestSettings = (env: Environment): IngestSettings => ({
  sessionsTable: readSessionsTable(env),
  counters: readCounters(env),
  matchedNames: readMatchedNames(env),
  allowedOrigins: readOrigins(env, 'ALLOWED_ORIGINS'),
  edge: readEdgeSetting(env),
  hash: readHashSetting(env),
  filters: {
    bots: readSwitch(env, 'FILTER_BOTS'),
    automation: readSwitch(env, 'FILTER_AUTOMATION'),
    prefetches: readSwitch(env, 'FILTER_PREFETCH'),
    optOuts: readSwitch(env, 'HONOR_OPT_OUT'),
  },
  rules: {
    activeShards: readInteger(env, 'ACTIVE_SHARDS'),
    retentionDays: readInteger(env, 'RETENTION_DAYS'),
    touchIntervalSeconds: readTouchInterval(env),
  },
  newSessionsPerHour: readInteger(env, 'NEW_SESSIONS_PER_HOUR'),
  activeWindowMinutes: readInteger(env, 'ACTIVE_WINDOW_MINUTES'),
  counterName: readCounterName(env),
});

/** The settings of the projector. Throws a SettingError that names the first setting that is wrong. */
export const readProjectorSettings = (env: Environment): ProjectorSettings => ({
  countsTable: readCountsTable(env),
  counterName: readCounterName(env),
});

/** The settings of query. Throws a SettingError that names the first setting that is wrong. */
export const readQuerySettings = (env: Environment): QuerySettings => ({
  sessionsTable: readSessionsTable(env),
  countsTable: readCountsTable(env),
  counters: readCounters(env),
  allowedOrigins: readOrigins(env, 'ALLOWED_ORIGINS'),
  edge: readEdgeSetting(env),
  ...readIndexShards(env),
  activeWindowMinutes: readInteger(env, 'ACTIVE_WINDOW_MINUTES'),
  activeReadUnitsPerSecond: readInteger(env, 'ACTIVE_READ_UNITS_PER_SECOND'),
});

/** The settings of the reporter. Throws a SettingError that names the first setting that is wrong. */
export const readReporterSettings = (env: Environment): ReporterSettings => ({
  ...readMeteredTables(env),
  ...readIndexShards(env),
  watchedCounters: readWatchedCounters(env),
  activeWindowMinutes: readInteger(env, 'ACTIVE_WINDOW_MINUTES'),
  streamMappingId: readOptional(env, 'STREAM_MAPPING_ID'),
  auditWithinHours: readInteger(env, 'AUDIT_WITHIN_HOURS'),
});

/** The settings of the audit. Throws a SettingError that names the first setting that is wrong. */
export const readAuditSettings = (env: Environment): AuditSettings => ({
  ...readMeteredTables(env),
  batchingWindowSeconds: readInteger(env, 'BATCHING_WINDOW_SECONDS'),
});

const readMeteredTables = (env: Environment): MeteredTables => ({
  sessionsTable: readSessionsTable(env),
  countsTable: readCountsTable(env),
  counterName: readCounterName(env),
});

const readIndexShards = (env: Environment): IndexShards => ({
  activeShards: readInteger(env, 'ACTIVE_SHARDS'),
  formerShards: readFormerShards(env),
});

// With a longer interval, a session whose visitor is still there would stop being active, because
// none of its visits updates the row.
const readTouchInterval = (env: Environment): number => {
  const name = 'TOUCH_INTERVAL_SECONDS';
  const seconds = readInteger(env, name);
  const window = readInteger(env, 'ACTIVE_WINDOW_MINUTES');
  if (seconds < window * 60) return seconds;
  throw new SettingError(name, `below ACTIVE_WINDOW_MINUTES, ${window}`, String(seconds));
};
