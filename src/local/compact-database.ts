import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Counter } from '../domain/counter.ts';
import { formatSequenceNumber } from '../domain/sequence-number.ts';

export interface Compaction {
  /** The table whose stream is cut. */
  readonly tableName: string;
  /** How far that stream is counted. */
  readonly checkpoints: Counter['checkpoints'];
  /** Epoch milliseconds; a record lives for a day. */
  readonly nowMs: number;
  /** The stream of a larger file is cut, but the file not written again, bytes. */
  readonly maxBytes: number;
}

// As long as DynamoDB keeps them.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html
const RECORD_LIFE_SECONDS = 24 * 3600;
const BUSY_MS = 1_000;

const SEQUENCE = 'CAST(sequence_number AS INTEGER)';
const CHECKPOINT = 'CAST(:checkpoint AS INTEGER)';

/**
 * Cuts the records from the stream in the emulator's database `file` that are older than a day and
 * counted, or that nobody counts, and gives their room back: then the file holds no byte of them, nor
 * of rows that were deleted before. Two records stay without their content: the newest, since the
 * emulator numbers on from it, and that of the checkpoint, which shows that the stream goes on
 * there. Safe while the emulator runs, which waits meanwhile. A database that keeps its stream in
 * another way is left as it is. Throws what SQLite throws; then some or all is still there.
 */
export const compactDatabase = (file: string, compaction: Compaction): void => {
  const database = new DatabaseSync(file, { timeout: BUSY_MS });
  try {
    if (!isKnown(database)) return;
    const isCut = cutStream(database, compaction);
    if (!isCut && !hasRoom(database)) return;
    if (statSync(file).size > compaction.maxBytes) return;
    // What is deleted stays in free room until that is used again; this writes the file without it.
    database.exec('VACUUM');
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } finally {
    database.close();
  }
};

const COLUMNS = ['table_name', 'event_name', 'keys_json', 'new_image', 'old_image'];

const isKnown = (database: DatabaseSync): boolean => {
  const columns = database.prepare("SELECT name FROM pragma_table_info('_stream_records')").all();
  const names = new Set(columns.map(({ name }) => name));
  return [...COLUMNS, 'sequence_number', 'shard_id', 'created_at'].every((name) => names.has(name));
};

const hasRoom = (database: DatabaseSync): boolean =>
  Number(database.prepare('PRAGMA freelist_count').get()?.freelist_count) > 0;

/** Whether there was anything to cut. */
const cutStream = (
  database: DatabaseSync,
  { tableName, checkpoints, nowMs }: Compaction,
): boolean => {
  let changes = 0;
  const before = Math.floor(nowMs / 1000) - RECORD_LIFE_SECONDS;
  database.exec('BEGIN IMMEDIATE');
  for (const { shardId, newest } of readShards(database, tableName)) {
    const sequence = checkpoints.get(shardId)?.sequence;
    const checkpoint = sequence === undefined ? '0' : formatSequenceNumber(sequence);
    const values = { tableName, shardId, newest, checkpoint, before };
    for (const sql of [CUTOFF, EMPTY]) changes += Number(database.prepare(sql).run(values).changes);
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

// A change of a row is counted by nobody, wherever the checkpoint is.
const OLD = `table_name = :tableName AND shard_id = :shardId AND created_at < :before
  AND (event_name = 'MODIFY' OR ${SEQUENCE} <= ${CHECKPOINT})`;

const CUTOFF = `DELETE FROM _stream_records
  WHERE ${OLD} AND ${SEQUENCE} NOT IN (${CHECKPOINT}, :newest)`;

const EMPTY = `UPDATE _stream_records
  SET event_name = 'MODIFY', keys_json = '{}', new_image = NULL, old_image = NULL
  WHERE ${OLD} AND ${SEQUENCE} IN (${CHECKPOINT}, :newest) AND keys_json <> '{}'`;
