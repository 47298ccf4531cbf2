import { isCounterName, SITE } from '../domain/counter-name.ts';

/** A table, as it is deployed and as it is created locally. Keys are strings unless stated otherwise. */
export interface TableSchema {
  readonly partitionKey: string;
  /** The attribute with the epoch seconds after which DynamoDB may delete the row. */
  readonly timeToLive?: string;
  readonly stream?: 'NEW_AND_OLD_IMAGES';
  readonly index?: IndexSchema;
}

/** A global secondary index with the projection KEYS_ONLY. */
export interface IndexSchema {
  readonly name: string;
  /** A number. */
  readonly partitionKey: string;
  readonly sortKey: string;
}

/** The attributes of a session row. */
export const SESSION = {
  hash: 'session_hash',
  /** The name of its counter; the rows of the site's have none. */
  counter: 'counter_name',
  firstAccessed: 'first_accessed',
  lastAccessed: 'last_accessed',
  activeShard: 'active_shard',
  expiresAt: 'expires_at',
  /** When the session was retracted, ISO 8601 UTC: the deletion of this row takes it back. */
  retracted: 'retracted',
  /** When the row was restored, ISO 8601 UTC: its insertion is no new session. */
  restored: 'restored',
} as const;

/** The index in which active sessions are counted without reading the others. */
export const ACTIVE_SESSIONS_INDEX: IndexSchema = {
  name: 'active-sessions',
  partitionKey: SESSION.activeShard,
  sortKey: SESSION.lastAccessed,
};

/** One row for each distinct session; its stream feeds the projector. */
export const SESSIONS_TABLE: TableSchema = {
  partitionKey: SESSION.hash,
  timeToLive: SESSION.expiresAt,
  stream: 'NEW_AND_OLD_IMAGES',
  index: ACTIVE_SESSIONS_INDEX,
};

/**
 * The attributes of the counter item. Days and checkpoints are top-level attributes and not map entries,
 * because ADD cannot write into a map that does not exist yet. Each write costs a unit per KB of the whole
 * item, so the names of the many are short.
 */
export const COUNTER = {
  name: 'counter',
  total: 'total',
  removed: 'removed',
  watermark: 'watermark',
  updatedAt: 'updated_at',
  startedPrefix: '+',
  removedPrefix: '-',
  monthPrefix: '~',
  checkpointPrefix: '@',
  pack: 'days',
  rebuildCutoff: 'rebuild_cutoff',
  lastCutoff: 'last_cutoff',
  rebuildStarted: 'rebuild_started',
  rebuildRemoved: 'rebuild_removed',
  rebuilt: 'rebuilt',
  undo: 'undo',
  lastUndo: 'last_undo',
  /** Written by the operator only: see `Baseline`. */
  baseline: 'baseline',
} as const;

/** The key of the site's aggregate. */
export const DISTINCT_SESSIONS = 'distinct_sessions';

/** The key of a counter's aggregate. */
export const counterKey = (counter: string): string =>
  counter === SITE ? DISTINCT_SESSIONS : `${DISTINCT_SESSIONS}/${counter}`;

/** The counter whose aggregate has this key; undefined if it is the key of another item. */
export const counterOfKey = (key: unknown): string | undefined => {
  if (key === DISTINCT_SESSIONS) return SITE;
  const name = typeof key === 'string' ? key.slice(DISTINCT_SESSIONS.length + 1) : '';
  return isCounterName(name) && name !== SITE && key === counterKey(name) ? name : undefined;
};

/**
 * The size of the counter item at which an alarm goes off: a quarter of DynamoDB's limit of 400 KB, above
 * which no batch of any shard could be counted.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 */
export const CROWDED_COUNTER_BYTES = 100 * 1_024;

/** The key of the item with the result of the last audit. */
export const LAST_AUDIT = 'last_audit';

/** The attributes of that item, in addition to its key. */
export const AUDIT = {
  at: 'at',
  missing: 'missing',
  surplus: 'surplus',
  uncertainty: 'uncertainty',
} as const;

/** The key of the item that stands for a name which a pattern admits. */
export const nameKey = (counter: string): string => `${NAME_PREFIX}${counter}`;

/** How the keys of these items begin. */
export const NAME_PREFIX = 'name/';

/** The key of the item with their number. */
export const NAMES = 'names';

/** The attribute with their number. */
export const NAMES_ADMITTED = 'admitted';

/** Holds the aggregate of each counter, the names that patterns admit, and the result of the last audit. */
export const COUNTS_TABLE: TableSchema = { partitionKey: COUNTER.name };
