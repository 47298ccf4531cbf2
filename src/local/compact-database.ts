import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { Counter } from '../domain/counter.ts';
import { formatSequenceNumber } from '../domain/sequence-number.ts';
import { openDatabaseFile } from './database-file.ts';

export interface Compaction {
  /** The table whose stream is trimmed. */
  readonly tableName: string;
  /** How far that stream has been counted. */
  readonly checkpoints: Counter['checkpoints'];
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
 * Trims the stream in the emulator's database `file` and rewrites the file, which then contains no
 * byte of the trimmed records or of rows deleted before. Trims records older than a day that are
 * counted or that the projector never counts. Keeps two records without their content: the newest,
 * because the emulator derives the next sequence number from it, and the one at the checkpoint,
 * which proves that the stream continues there. Safe while the emulator runs: it waits meanwhile.
 * Leaves a database with another stream schema untouched. Throws what SQLite throws; the stream may
 * then be trimmed in part.
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
  { tableName, checkpoints, nowMs }: Compaction,
): boolean => {
  let changes = 0;
  const before = Math.floor(nowMs / 1000) - RETENTION_SECONDS;
  database.exec('BEGIN IMMEDIATE');
  for (const { shardId, newest } of readShards(database, tableName)) {
    const sequence = checkpoints.get(shardId)?.sequence;
    const checkpoint = sequence === undefined ? '0' : formatSequenceNumber(sequence);
    const values = { tableName, shardId, newest, checkpoint, before };
    for (const sql of [DELETE_EXPIRED, CLEAR_EXPIRED]) {
      changes += Number(database.prepare(sql).run(values).changes);
    }
  }
  database.exec('COMMIT');
  return changes > 0;
};

const readShards = (database: DatabaseSync, tableName: string) =>
  database
    .prepare(
      `SELECT shard_id, MAX(${SEQUENCE}) AS newest FROM _stream_records
        WHERE table_name = ? GROUP BY shard_id`,
    )
    .all(tableName)
    .map(({ shard_id, newest }) => ({ shardId: String(shard_id), newest: Number(newest) }));

// The projector never counts a MODIFY record, so those expire wherever the checkpoint is.
const EXPIRED = `table_name = :tableName AND shard_id = :shardId AND created_at < :before
  AND (event_name = 'MODIFY' OR ${SEQUENCE} <= ${CHECKPOINT})`;

const DELETE_EXPIRED = `DELETE FROM _stream_records
  WHERE ${EXPIRED} AND ${SEQUENCE} NOT IN (${CHECKPOINT}, :newest)`;

const CLEAR_EXPIRED = `UPDATE _stream_records
  SET event_name = 'MODIFY', keys_json = '{}', new_image = NULL, old_image = NULL
  WHERE ${EXPIRED} AND ${SEQUENCE} IN (${CHECKPOINT}, :newest) AND keys_json <> '{}'`;
