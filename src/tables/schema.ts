/** A table as it is deployed and as it is made locally. Keys are strings unless said otherwise. */
export interface TableSchema {
  readonly partitionKey: string;
  /** The attribute with the epoch second after which DynamoDB may delete the row. */
  readonly timeToLive?: string;
  readonly stream?: 'NEW_AND_OLD_IMAGES';
  readonly index?: IndexSchema;
}

/** A global secondary index that holds keys only. */
export interface IndexSchema {
  readonly name: string;
  /** A number. */
  readonly partitionKey: string;
  readonly sortKey: string;
}

/** The attributes of a session row. */
export const SESSION = {
  hash: 'session_hash',
  firstAccessed: 'first_accessed',
  lastAccessed: 'last_accessed',
  activeShard: 'active_shard',
  expiresAt: 'expires_at',
} as const;

/** The index that counts active sessions without touching the others. */
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
 * The attributes of a counter item. Days and checkpoints are attributes of their own and not
 * entries of a map, because ADD cannot reach into a map that is not there yet.
 */
export const COUNTER = {
  name: 'counter',
  total: 'total',
  removed: 'removed',
  watermark: 'watermark',
  updatedAt: 'updated_at',
  startedPrefix: 'day#',
  removedPrefix: 'removed#',
  checkpointPrefix: 'checkpoint#',
  rebuildCutoff: 'rebuild_cutoff',
  lastCutoff: 'last_cutoff',
  rebuildStarted: 'rebuild_started',
  rebuildRemoved: 'rebuild_removed',
  rebuilt: 'rebuilt',
} as const;

/** The key of the one aggregate. */
export const DISTINCT_SESSIONS = 'distinct_sessions';

/**
 * DynamoDB takes items of up to 400 KB. Beyond that no batch of any shard could be counted, so an
 * alarm goes off at a quarter of it.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 */
export const CROWDED_COUNTER_BYTES = 100 * 1_024;

/** The key of the item that tells how the last audit ended. */
export const LAST_AUDIT = 'last_audit';

/** The attributes of that item, beside its key. */
export const AUDIT = {
  at: 'at',
  missing: 'missing',
  surplus: 'surplus',
  uncertainty: 'uncertainty',
} as const;

/** Holds the aggregate as a single item, and how its last audit ended as another. */
export const COUNTS_TABLE: TableSchema = { partitionKey: COUNTER.name };
