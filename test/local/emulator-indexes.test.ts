import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { startEmbeddedDynamoDB } from '../../src/local/embedded-dynamodb.ts';
import { addEmulatorIndexes } from '../../src/local/emulator-indexes.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// The emulator's queries on each write to a table and on each read of its stream.
const LAST = `SELECT COALESCE(MAX(CAST(sequence_number AS INTEGER)), 0) + 1 FROM _stream_records
  WHERE table_name = 'sessions'`;
const NEXT = `SELECT * FROM _stream_records
  WHERE table_name = 'sessions' AND shard_id = 'shard' AND sequence_number > '5'`;

const planOf = (file: string, query: string): string => {
  const database = new DatabaseSync(file);
  const [step] = database.prepare(`EXPLAIN QUERY PLAN ${query}`).all();
  database.close();
  return String(step?.detail);
};

it('let the emulator find its position in the stream without a full scan', async () => {
  const file = join(temporaryFolder(), 'database');
  const { stop } = await startEmbeddedDynamoDB(file);
  await stop();
  expect(planOf(file, LAST)).toContain('INDEX session-counter::last');
  expect(planOf(file, NEXT)).toContain('INDEX session-counter::position');
});

it('are not added to a database with another stream schema', () => {
  const file = join(temporaryFolder(), 'database');
  addEmulatorIndexes(file);
  addEmulatorIndexes(file);
  const database = new DatabaseSync(file);
  expect(database.prepare('SELECT name FROM sqlite_master').all()).toEqual([]);
  database.close();
});
