import { DatabaseSync } from 'node:sqlite';

// The emulator asks for the last sequence number of a table at each write, and for those behind a
// position at each read. It keeps its records in this table, in the order of all tables together.
const INDEXES = `
  CREATE INDEX IF NOT EXISTS "session-counter::last" ON _stream_records
    (table_name, CAST(sequence_number AS INTEGER));
  CREATE INDEX IF NOT EXISTS "session-counter::position" ON _stream_records
    (table_name, shard_id, sequence_number)`;

const BUSY_MS = 5_000;

/**
 * Gives the emulator's database `file` the indexes that its stream lacks. Without them each write
 * reads all records that the stream holds, and 20,000 make it four times slower. A database that
 * keeps its stream in another way is left as it is. Throws what SQLite throws.
 */
export const addEmulatorIndexes = (file: string): void => {
  const database = new DatabaseSync(file, { timeout: BUSY_MS });
  try {
    const table = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '_stream_records'";
    if (database.prepare(table).get()) database.exec(INDEXES);
  } finally {
    database.close();
  }
};
