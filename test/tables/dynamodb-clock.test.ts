import { createServer, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createDocumentClient } from '../../src/tables/document-client.ts';
import { createDynamoDBClock } from '../../src/tables/dynamodb-clock.ts';
import { readCounter } from '../../src/tables/read-counter.ts';
import { useDatabase } from '../support/embedded-database.ts';

const database = useDatabase();

const sendNothing = (response: ServerResponse): void => void response.end('{}');

/** A DynamoDB whose clock is this many milliseconds ahead of ours; undefined: it sends no time. */
const answerAhead = async (aheadMs: number | undefined) => answerAsTold(() => aheadMs);

const answerAsTold = async (
  tellAheadMs: () => number | undefined,
  send: (response: ServerResponse) => void = sendNothing,
) => {
  const server = createServer((_, response) => {
    const aheadMs = tellAheadMs();
    response.sendDate = false;
    if (aheadMs !== undefined)
      response.setHeader('date', new Date(Date.now() + aheadMs).toUTCString());
    response.setHeader('content-type', 'application/x-amz-json-1.0');
    send(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as { port: number };
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const endpoint = `http://127.0.0.1:${port}`;
  return createDocumentClient({ endpoint, region: 'us-east-1', credentials });
};

it.each([-3_600_000, 0, 90_000_000])(
  'is never behind the clock of DynamoDB, which is %i ms ahead of ours',
  async (aheadMs) => {
    const client = await answerAhead(aheadMs);
    const now = createDynamoDBClock(client);
    await readCounter(client, 'counts');
    const behindMs = Date.now() + aheadMs - now();
    expect(behindMs).toBeLessThanOrEqual(0);
    expect(behindMs).toBeGreaterThan(-2_500);
  },
);

describe('with simulated clocks of this machine,', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'performance'] }));
  afterEach(() => void vi.useRealTimers());

  it('is not behind when the response takes long to arrive', async () => {
    const client = await answerAsTold(
      () => 0,
      (response) => {
        vi.advanceTimersByTime(1_500);
        sendNothing(response);
      },
    );
    const now = createDynamoDBClock(client);
    await readCounter(client, 'counts');
    expect(now()).toBeGreaterThanOrEqual(Date.now());
  });

  it('is at most a second ahead when an earlier attempt took long', async () => {
    let isFirst = true;
    const client = await answerAsTold(
      () => 0,
      (response) => {
        if (isFirst) vi.advanceTimersByTime(10_000);
        if (isFirst) response.statusCode = 500;
        isFirst = false;
        sendNothing(response);
      },
    );
    const now = createDynamoDBClock(client);
    await readCounter(client, 'counts');
    expect(now() - Date.now()).toBeLessThanOrEqual(1_000);
  });
});

it('can be read twice from one client', async () => {
  const client = await answerAhead(90_000_000);
  const clocks = [createDynamoDBClock(client), createDynamoDBClock(client)];
  await readCounter(client, 'counts');
  for (const now of clocks) expect(now()).toBeGreaterThan(Date.now() + 89_000_000);
});

it('follows the last response, because a machine may sleep and its clock may drift', async () => {
  let aheadMs = 0;
  const client = await answerAsTold(() => aheadMs);
  const now = createDynamoDBClock(client);
  await readCounter(client, 'counts');
  aheadMs = 3_600_000;
  await readCounter(client, 'counts');
  expect(now()).toBeGreaterThanOrEqual(Date.now() + aheadMs);
});

it('is our own while DynamoDB sends no time', async () => {
  const client = await answerAhead(undefined);
  const now = createDynamoDBClock(client);
  await readCounter(client, 'counts');
  expect(Math.abs(now() - Date.now())).toBeLessThan(1_000);
});

it('also works with the embedded DynamoDB', async () => {
  const { client, tables } = database();
  const now = createDynamoDBClock(client);
  await readCounter(client, tables.COUNTS_TABLE);
  expect(now() - Date.now()).toBeGreaterThan(-5);
});
