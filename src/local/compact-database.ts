import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { ByCounter } from '../domain/by-counter.ts';
import type { Checkpoint, Counter } from '../domain/counter.ts';
import { newestCheckpoint } from '../domain/newest-checkpoint.ts';
import { formatSequenceNumber } from '../domain/sequence-number.ts';
import { counterOfRow } from '../tables/row-counter.ts';
import { SESSION } from '../tables/schema.ts';
import { openDatabaseFile } from './database-file.ts';

export interface Compaction {
  /** The table whose stream is trimmed. */
  readonly tableName: string;
  /** How far that stream has been counted for each counter. */
  readonly counters: ByCounter<Pick<Counter, 'checkpoints'>>;
  /** Epoch milliseconds; records expire after a day. */
  readonly nowMs: number;
  /** In a larger file the stream is trimmed, but the file is not rewritten. Bytes. */
  readonly maxBytes: number;
}

// The retention of a DynamoDB stream.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html
const RETENTION_SECONDS = 24 * 3600;
const BUSY_TIMEOUT_MS = 1_000;

const SEQUENCE = 'CAST(sequence_number AS INTEGER)';
const CHECKPOINT = 'CAST(:checkpoint AS INTEGER)';

/**
 * Trims the stream in the emulator's database `file` and rewrites the file, which then contains no byte of the trimmed
 * records or of rows deleted before. Trims records older than a day that are counted for their own counter or that the
 * projector never counts. Keeps two records without their content: the newest, because the emulator derives the next
 * sequence number from it, and the one at the newest checkpoint, which proves that the stream continues there. Safe
 * while the emulator runs: it waits meanwhile. Leaves a database with another stream schema untouched. Throws what
 * SQLite throws; the stream may then be trimmed in part.
 */
export const compactDatabase = (file: string, compaction: Compaction): void => {
  const database = openDatabaseFile(file, BUSY_TIMEOUT_MS);
  try {
    if (!hasKnownSchema(database)) return;
    const isTrimmed = trimStream(database, compaction);
    if (!isTrimmed && !hasFreePages(database)) return;
    if (statSync(file).size > compaction.maxBytes) return;
    // Deleted content stays in free pages until they are reused. VACUUM rewrites the file without it.
    database.exec('VACUUM');
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } finally {
    database.close();
  }
};

const COLUMNS = ['table_name', 'event_name', 'keys_json', 'new_image', 'old_image'];

const hasKnownSchema = (database: DatabaseSync): boolean => {
  const columns = database.prepare("SELECT name FROM pragma_table_info('_stream_records')").all();
  const names = new Set(columns.map(({ name }) => name));
  return [...COLUMNS, 'sequence_number', 'shard_id', 'created_at'].every((name) => names.has(name));
};

const hasFreePages = (database: DatabaseSync): boolean =>
  Number(database.prepare('PRAGMA freelist_count').get()?.freelist_count) > 0;

/** Whether any record was trimmed. */
const trimStream = (
  database: DatabaseSync,
  { tableName, counters, nowMs }: Compaction,
): boolean => {
  let changes = 0;
  const before = Math.floor(nowMs / 1000) - RETENTION_SECONDS;
  database.exec('BEGIN IMMEDIATE');
  for (const { shardId, newest } of readShards(database, tableName)) {
    const checkpoint = textOf(newestCheckpoint(shardId, counters));
    database.function('checkpoint_of', (name) =>
      textOf(counters.get(counterOfRow(name))?.checkpoints.get(shardId)),
    );
    const values = { tableName, shardId, newest, checkpoint, before };
    for (const sql of [DELETE_EXPIRED, CLEAR_EXPIRED]) {
      changes += Number(database.prepare(sql).run(values).changes);
    }
  }
  database.exec('COMMIT');
  return changes > 0;
};

const textOf = (checkpoint: Checkpoint | undefined): string =>
  checkpoint === undefined ? '0' : formatSequenceNumber(checkpoint.sequence);

const readShards = (database: DatabaseSync, tableName: string) =>
  database
    .prepare(
      `SELECT shard_id, MAX(${SEQUENCE}) AS newest FROM _stream_records
        WHERE table_name = ? GROUP BY shard_id`,
    )
    .all(tableName)
    .map(({ shard_id, newest }) => ({ shardId: String(shard_id), newest: Number(newest) }));

const NAME = `json_extract(COALESCE(new_image, old_image), '$.${SESSION.counter}.S')`;

// The projector never counts a MODIFY record, so those expire wherever the checkpoint is. A record of one counter
// may be uncounted although a later one of another is counted, after a crash between the writes of one batch.
const EXPIRED = `table_name = :tableName AND shard_id = :shardId AND created_at < :before
  AND (event_name = 'MODIFY' OR ${SEQUENCE} <= CAST(checkpoint_of(${NAME}) AS INTEGER))`;

const DELETE_EXPIRED = `DELETE FROM _stream_records
  WHERE ${EXPIRED} AND ${SEQUENCE} NOT IN (${CHECKPOINT}, :newest)`;

const CLEAR_EXPIRED = `UPDATE _stream_records
  SET event_name = 'MODIFY', keys_json = '{}', new_image = NULL, old_image = NULL
  WHERE ${EXPIRED} AND ${SEQUENCE} IN (${CHECKPOINT}, :newest) AND keys_json <> '{}'`;
