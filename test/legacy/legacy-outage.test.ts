import { setTimeout } from 'node:timers/promises';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { FUNCTION_LIMITS } from '../../infra/props/function-limits.ts';
import { createLegacyHandler } from '../../src/legacy/legacy-handler.ts';
import { localConnection } from '../../src/local/database.ts';
import { type ClientLimits, LIMITS } from '../../src/runtime/aws-client.ts';
import { createDocumentClient } from '../../src/tables/document-client.ts';
import { httpApiEvent } from '../support/api-events.ts';
import { captureOutput } from '../support/captured-output.ts';
import { useDatabase } from '../support/embedded-database.ts';
import { type FailingDynamoDB, startFailingDynamoDB } from '../support/failing-dynamodb.ts';
import { withFastTimers } from '../support/fast-timers.ts';
import { readMetricLines } from '../support/metric-lines.ts';
import { openFreshTables, project, untilCounted } from '../support/projected-database.ts';

const useFile = useDatabase();
const TIMEOUT_MS = FUNCTION_LIMITS.legacy.timeoutSeconds * 1_000;
// The first visit in a container reads the key before it writes.
const KEY_MS = 4_000;

let dynamodb: FailingDynamoDB;

beforeAll(async () => {
  dynamodb = await startFailingDynamoDB(() => useFile().endpoint);
});

/** A container of the function whose DynamoDB has not failed yet. */
const startContainer = async (limits: ClientLimits = LIMITS.tables) => {
  Object.assign(dynamodb, { trouble: 'nothing', deny: undefined });
  const database = await openFreshTables(useFile());
  project(database);
  const settings = { ...database.tables, HASH_KEY: 'k'.repeat(32), COUNTER_NAME: 'my-page' };
  const client = createDocumentClient(localConnection(dynamodb.endpoint), limits);
  const output = captureOutput();
  const handler = createLegacyHandler(settings, client);
  const view = async (context?: object) => {
    const event = httpApiEvent({ method: 'GET', path: '/' });
    const { body, ...response } = await handler(event, context);
    return { ...response, body: JSON.parse(body) };
  };
  const visits = () => readMetricLines(output()).map(({ metrics }) => metrics);
  const rowCount = async (): Promise<number> => {
    const { SESSIONS_TABLE: TableName } = database.tables;
    const scan = new ScanCommand({ TableName, ConsistentRead: true });
    return (await database.client.send(scan)).Count ?? 0;
  };
  return { database, view, visits, rowCount };
};

const UNAVAILABLE = {
  statusCode: 503,
  headers: { 'Retry-After': '5', 'Access-Control-Allow-Origin': '*', 'Cache-Control': 'no-store' },
  body: { message: 'The counter is currently unavailable; please try again later.' },
};

describe('when the write of the visit fails', () => {
  it('answers 503, reports a failure, and counts the next attempt', async () => {
    const { database, view, visits } = await startContainer();
    dynamodb.deny = 'UpdateItem';
    expect(await withFastTimers(() => view())).toMatchObject(UNAVAILABLE);
    expect(visits()).toEqual([{ Visits: 1, Counted: 0 }, { Refused: 1 }]);
    dynamodb.deny = undefined;
    expect(await view()).toMatchObject({ statusCode: 200 });
    await untilCounted(database, { total: 1, removed: 0 });
  });
});

describe('when only the reading fails', () => {
  it.each(['GetItem', 'Query'])(
    'the visit is counted, and repeating the request counts nothing more: %s',
    async (operation) => {
      const { database, view, visits } = await startContainer();
      dynamodb.deny = operation;
      expect(await withFastTimers(() => view())).toMatchObject(UNAVAILABLE);
      expect(visits()).toEqual([{ Visits: 1, Counted: 1 }]);
      await untilCounted(database, { total: 1, removed: 0 });
      dynamodb.deny = undefined;
      expect(await view()).toMatchObject({ statusCode: 200, body: { unique_session_count: 1 } });
    },
  );

  it('a container that has read the counts serves them for up to a minute', async () => {
    const { database, view } = await startContainer();
    await view();
    await untilCounted(database, { total: 1, removed: 0 });
    const { body } = await view();
    dynamodb.deny = 'GetItem';
    expect(await withFastTimers(() => view())).toMatchObject({ statusCode: 200, body });
  });
});

it('answers before the function times out, however long DynamoDB is silent', async () => {
  const { view } = await startContainer();
  dynamodb.trouble = 'silent';
  const { response, elapsedMs } = await withFastTimers(async () => {
    const started = Date.now();
    return { response: await view(), elapsedMs: Date.now() - started };
  });
  expect(response).toMatchObject(UNAVAILABLE);
  expect(elapsedMs).toBeLessThan(TIMEOUT_MS - KEY_MS);
});

// On Lambda its container is then frozen, and the next attempt would be sent when it resumes, minutes later.
it('a page view that timed out writes nothing more', async () => {
  const answerMs = 300;
  const { view, rowCount } = await startContainer({ ...LIMITS.tables, answerMs });
  dynamodb.trouble = 'silent';
  const { unanswered } = dynamodb;
  expect(await view({ getRemainingTimeInMillis: () => 400 })).toMatchObject(UNAVAILABLE);
  dynamodb.trouble = 'nothing';
  expect(dynamodb.unanswered).toBe(unanswered + 1);
  await setTimeout(2 * answerMs);
  expect(await rowCount()).toBe(0);
});

// README.md states how long a concurrent visit may undo a deletion: the timeout of ingest.
it('no page view takes longer than a visit may', () => {
  expect(TIMEOUT_MS).toBeLessThanOrEqual(FUNCTION_LIMITS.ingest.timeoutSeconds * 1_000);
});
