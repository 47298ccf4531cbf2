import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { createDocumentClient } from '../../src/tables/document-client.ts';
import { createDynamoDBClock } from '../../src/tables/dynamodb-clock.ts';
import { readCounter } from '../../src/tables/read-counter.ts';
import { useDatabase } from '../support/embedded-database.ts';

const database = useDatabase();

/** A DynamoDB whose clock is so many milliseconds ahead of ours; undefined: it tells no time. */
const answerAhead = async (aheadMs: number | undefined, delayMs = 0) =>
  answerAsTold(() => aheadMs, delayMs);

const answerAsTold = async (tellAheadMs: () => number | undefined, delayMs = 0) => {
  const server = createServer(async (_, response) => {
    const aheadMs = tellAheadMs();
    response.sendDate = false;
    if (aheadMs !== undefined)
      response.setHeader('date', new Date(Date.now() + aheadMs).toUTCString());
    await delay(delayMs);
    response.setHeader('content-type', 'application/x-amz-json-1.0').end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as { port: number };
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const endpoint = `http://127.0.0.1:${port}`;
  return createDocumentClient({ endpoint, region: 'us-east-1', credentials });
};

it.each([-3_600_000, 0, 90_000_000])(
  'is never behind that of DynamoDB, which is %i ms ahead of ours',
  async (aheadMs) => {
    const client = await answerAhead(aheadMs);
    const now = createDynamoDBClock(client);
    await readCounter(client, 'counts');
    const behindMs = Date.now() + aheadMs - now();
    expect(behindMs).toBeLessThanOrEqual(0);
    expect(behindMs).toBeGreaterThan(-2_500);
  },
);

it('is not behind though the answer is long on its way', async () => {
  const client = await answerAhead(0, 1_500);
  const now = createDynamoDBClock(client);
  await readCounter(client, 'counts');
  expect(now()).toBeGreaterThanOrEqual(Date.now());
});

it('follows the last answer, since a machine may sleep and its clock may drift', async () => {
  let aheadMs = 0;
  const client = await answerAsTold(() => aheadMs);
  const now = createDynamoDBClock(client);
  await readCounter(client, 'counts');
  aheadMs = 3_600_000;
  await readCounter(client, 'counts');
  expect(now()).toBeGreaterThanOrEqual(Date.now() + aheadMs);
});

it('is our own as long as DynamoDB tells none', async () => {
  const client = await answerAhead(undefined);
  const now = createDynamoDBClock(client);
  await readCounter(client, 'counts');
  expect(Math.abs(now() - Date.now())).toBeLessThan(1_000);
});

it('is told by the embedded DynamoDB as well', async () => {
  const { client, tables } = database();
  const now = createDynamoDBClock(client);
  await readCounter(client, tables.COUNTS_TABLE);
  expect(now() - Date.now()).toBeGreaterThan(-5);
});
