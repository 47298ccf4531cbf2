import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, expect, it, vi } from 'vitest';
import { openDatabase } from '../../src/local/database.ts';
import { startEmbeddedDynamoDB } from '../../src/local/embedded-dynamodb.ts';
import { createCheckpointPositions } from '../../src/local/event-source/checkpoint-positions.ts';
import { startEventSourceMapping } from '../../src/local/event-source/event-source-mapping.ts';
import { createProjectorHandler } from '../../src/projector/projector-handler.ts';
import { scanCounters } from '../../src/tables/scan-counters.ts';
import { createStreamReader } from '../../src/tables/stream-reader.ts';
import { browser } from '../support/browsers.ts';
import { createKeptLog } from '../support/kept-log.ts';
import { runLocalCounter, untilCounts, visit } from '../support/local-counter.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { useEmbeddedDynamoDB } from '../support/test-environment.ts';

useEmbeddedDynamoDB();

const TABLES = { SESSIONS_TABLE: 'sessions', COUNTS_TABLE: 'counts' };
const KEY = { counter: 'distinct_sessions' };

let folder: string;
let file: string;
beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder, 'dynamodb.sqlite');
});

/** Runs a counter, visits it as these visitors, waits for the count and stops it. */
const runWith = async (visitors: readonly number[], counted: number): Promise<void> => {
  const { url, stop } = await runLocalCounter({ dataFolder: folder, env: TABLES });
  for (const number of visitors) await visit(url, { 'user-agent': browser(number) });
  await untilCounts(url, counted, counted);
  await stop();
};

/** Changes the database while no counter runs. */
const withDatabase = async (
  change: (database: Awaited<ReturnType<typeof openDatabase>>) => unknown,
): Promise<void> => {
  const { endpoint, stop } = await startEmbeddedDynamoDB(file);
  await change(await openDatabase(endpoint, TABLES));
  await stop();
};

const changeStream = (sql: string): void => {
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
};

/** What the event source mapping logs when it resumes at the counter's checkpoint. */
const logOfMapping = async (): Promise<unknown[][]> => {
  const log = createKeptLog();
  await withDatabase(async ({ client, streams, streamArn }) => {
    const { stop } = startEventSourceMapping({
      reader: createStreamReader(streams, streamArn),
      streamArn,
      handler: createProjectorHandler(TABLES, client),
      positions: createCheckpointPositions(() => scanCounters(client, TABLES.COUNTS_TABLE)),
      log,
    });
    await vi.waitFor(() => expect(log.lines).not.toEqual([]), { timeout: 10_000 });
    await stop();
  });
  return log.lines;
};

const readItem = async (): Promise<Record<string, unknown> | undefined> => {
  let item: Record<string, unknown> | undefined;
  await withDatabase(async ({ client }) => {
    item = (await client.send(new GetCommand({ TableName: 'counts', Key: KEY }))).Item;
  });
  return item;
};

const writeItem = (Item: Record<string, unknown> | undefined): Promise<void> =>
  withDatabase(({ client }) => client.send(new PutCommand({ TableName: 'counts', Item })));

it('an older copy of the database continues at its own checkpoint', async () => {
  await runWith([1, 2, 3], 3);
  copyFileSync(file, join(folder, 'copy'));
  await runWith([4, 5, 6, 7, 8], 8);
  // A file of an older version, which is ahead of the copy.
  await withDatabase(({ streamArn }) => {
    const shards = { 'shardId-00000001-sessions': '8' };
    writeFileSync(join(folder, 'event-source.json'), JSON.stringify({ streamArn, shards }));
  });
  copyFileSync(join(folder, 'copy'), file);
  await runWith([11, 12, 13, 14, 15, 16, 17], 10);
});

it('an older counter with newer sessions counts what the stream still has', async () => {
  await runWith([1, 2], 2);
  const older = await readItem();
  await runWith([3, 4, 5], 5);
  await writeItem(older);
  await runWith([6], 6);
});

it('an older counter logs a gap if the stream lost uncounted records', async () => {
  await runWith([1, 2], 2);
  const older = await readItem();
  await runWith([3, 4, 5], 5);
  await writeItem(older);
  changeStream('DELETE FROM _stream_records WHERE CAST(sequence_number AS INTEGER) <= 3');
  expect(await logOfMapping()).toEqual([
    [expect.stringMatching(/^A gap in shardId-00000001-sessions.*counter -- rebuild/)],
  ]);
});

const REPLACED = /^shardId-00000001-sessions does not continue.*restored or replaced.*rebuild/;

it('older sessions with a newer counter are logged, because they cannot be counted', async () => {
  await runWith([1, 2, 3, 4], 4);
  changeStream('DELETE FROM _stream_records WHERE CAST(sequence_number AS INTEGER) > 2');
  expect(await logOfMapping()).toEqual([[expect.stringMatching(REPLACED)]]);
});

it('they are also logged if their stream has grown past the checkpoint', async () => {
  await runWith([1, 2, 3], 3);
  const later = Math.floor(Date.now() / 1000) + 3_600;
  changeStream(`UPDATE _stream_records SET created_at = ${later} WHERE sequence_number = '3'`);
  expect(await logOfMapping()).toEqual([[expect.stringMatching(REPLACED)]]);
});
