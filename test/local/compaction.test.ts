import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { startCompaction } from '../../src/local/compaction.ts';
import { openDatabase } from '../../src/local/database.ts';
import { startEmbeddedDynamoDB } from '../../src/local/embedded-dynamodb.ts';
import { browser } from '../support/browsers.ts';
import { ageStream, changeEmulatorFile, readStoredRecords } from '../support/emulator-file.ts';
import { runLocalCounter, untilCounts, visit } from '../support/local-counter.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { useEmbeddedDynamoDB } from '../support/test-environment.ts';

useEmbeddedDynamoDB();

const TABLES = { SESSIONS_TABLE: 'sessions', COUNTS_TABLE: 'counts' };
const OFTEN_MS = 50;
const TWO_DAYS = 48;

let folder: string;
let file: string;
beforeEach(async () => {
  folder = temporaryFolder();
  file = join(folder, 'dynamodb.sqlite');
});
const sequences = (): number[] => readStoredRecords(file).map(({ sequence }) => sequence);

const countThree = async (): Promise<void> => {
  const { url, stop } = await runLocalCounter({ dataFolder: folder, env: TABLES });
  for (const number of [1, 2, 3]) await visit(url, { 'user-agent': browser(number) });
  await untilCounts(url, 3, 3);
  await stop();
};

it('runs at the start, and the counter continues where it was', async () => {
  await countThree();
  ageStream(file, TWO_DAYS);
  const { url } = await runLocalCounter({ dataFolder: folder, env: TABLES });
  expect(sequences()).toEqual([3]);
  await visit(url, { 'user-agent': browser(4) });
  await untilCounts(url, 4, 4);
});

it('runs repeatedly while the counter runs, until it is stopped', async () => {
  await countThree();
  const { endpoint, stop } = await startEmbeddedDynamoDB(file);
  onTestFinished(stop);
  const database = await openDatabase(endpoint, TABLES);
  const compaction = await startCompaction(file, TABLES, database, OFTEN_MS);
  onTestFinished(compaction.stop);
  expect(sequences()).toEqual([1, 2, 3]);
  ageStream(file, TWO_DAYS);
  await vi.waitFor(() => expect(sequences()).toEqual([3]), { timeout: 10_000 });
  compaction.stop();
  const Item = { session_hash: 'late' };
  await database.client.send(new PutCommand({ TableName: 'sessions', Item }));
  await database.client.send(new DeleteCommand({ TableName: 'sessions', Key: Item }));
  changeEmulatorFile(file, "UPDATE _stream_records SET event_name = 'MODIFY'");
  ageStream(file, TWO_DAYS);
  await delay(OFTEN_MS * 10);
  expect(sequences()).toEqual([3, 4, 5]);
});

it('does not stop a counter that has nothing to compact or cannot', async () => {
  const { endpoint, stop } = await startEmbeddedDynamoDB(undefined);
  onTestFinished(stop);
  const database = await openDatabase(endpoint, TABLES);
  for (const none of [undefined, join(folder, 'nowhere', 'file')]) {
    (await startCompaction(none, TABLES, database)).stop();
  }
  writeFileSync(file, 'this is no database, '.repeat(400));
  (await startCompaction(file, TABLES, database)).stop();
  expect(statSync(file).size).toBe(8_400);
});
