import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { startEmbeddedDynamoDB } from '../../src/local/embedded-dynamodb.ts';
import { addEmulatorIndexes } from '../../src/local/emulator-indexes.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// What the emulator asks at each write of a table, and at each read of its stream.
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

it('lets the emulator find its place in the stream without reading all of it', async () => {
  const file = join(temporaryFolder(), 'database');
  const { stop } = await startEmbeddedDynamoDB(file);
  await stop();
  expect(planOf(file, LAST)).toContain('INDEX session-counter::last');
  expect(planOf(file, NEXT)).toContain('INDEX session-counter::position');
});

it('leaves a database alone that keeps its stream in another way', () => {
  const file = join(temporaryFolder(), 'database');
  addEmulatorIndexes(file);
  addEmulatorIndexes(file);
  const database = new DatabaseSync(file);
  expect(database.prepare('SELECT name FROM sqlite_master').all()).toEqual([]);
  database.close();
});
