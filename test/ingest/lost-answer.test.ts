import { setTimeout } from 'node:timers/promises';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { FUNCTION_LIMITS } from '../../infra/props/function-limits.ts';
import type { HttpHandler } from '../../src/http/http-handler.ts';
import { createIngestHandler } from '../../src/ingest/ingest-handler.ts';
import { localConnection } from '../../src/local/database.ts';
import { LIMITS } from '../../src/runtime/aws-client.ts';
import { createDocumentClient } from '../../src/tables/document-client.ts';
import { httpApiEvent } from '../support/api-events.ts';
import { type TestDatabase, useDatabase } from '../support/embedded-database.ts';
import { startFailingDynamoDB } from '../support/failing-dynamodb.ts';
import { openFreshTables, project, untilCounted } from '../support/projected-database.ts';

const useFile = useDatabase();
const failing = startFailingDynamoDB(() => useFile().endpoint);
// As many attempts as on Lambda, but none of them takes seconds.
const IMPATIENT = { ...LIMITS.tables, answerMs: 300 };
const visit = httpApiEvent();
const deletion = httpApiEvent({ method: 'DELETE', path: '/sessions/me' });

let database: TestDatabase;
let ingest: HttpHandler;
beforeEach(async () => {
  database = await openFreshTables(useFile());
  const client = createDocumentClient(localConnection((await failing).endpoint), IMPATIENT);
  ingest = createIngestHandler({ ...database.tables, HASH_KEY: 'k'.repeat(32) }, client);
});
const rowCount = async (): Promise<number> => {
  const scan = new ScanCommand({ TableName: database.tables.SESSIONS_TABLE, ConsistentRead: true });
  return (await database.client.send(scan)).Count ?? 0;
};
/** A visit whose row is written and deleted, and whose answer is lost after that. */
const visitDeletedMeanwhile = async () => {
  let deleted: unknown;
  (await failing).beforeAnswerIsLost = async () => {
    expect(await rowCount()).toBe(1);
    deleted = await ingest(deletion);
    expect(await rowCount()).toBe(0);
  };
  return { counted: await ingest(visit), deleted };
};

describe('a visit whose row is deleted before its answer is lost', () => {
  it('writes the row once more: two rows were inserted, one was removed, one is there', async () => {
    project(database);
    const { counted, deleted } = await visitDeletedMeanwhile();
    expect([counted, deleted]).toMatchObject([{ statusCode: 202 }, { statusCode: 204 }]);
    await untilCounted(database, { total: 2, removed: 1 });
    expect(await rowCount()).toBe(1);
  });

  it('leaves no row behind when the deletion is repeated after it was answered', async () => {
    project(database);
    await visitDeletedMeanwhile();
    expect(await ingest(deletion)).toMatchObject({ statusCode: 204 });
    await untilCounted(database, { total: 2, removed: 2 });
    expect(await rowCount()).toBe(0);
  });
});

// On Lambda its container is frozen then, and the next attempt would leave when it goes on: minutes later.
it('a visit that ran out of time writes nothing any more', async () => {
  const dynamodb = await failing;
  dynamodb.trouble = 'silent';
  const unanswered = dynamodb.unanswered;
  const answer = await ingest(visit, { getRemainingTimeInMillis: () => 400 });
  dynamodb.trouble = 'nothing';
  expect(answer.statusCode).toBe(503);
  expect(dynamodb.unanswered).toBe(unanswered + 1);
  await setTimeout(2 * IMPATIENT.answerMs);
  expect(await rowCount()).toBe(0);
});

// README.md tells how long a deletion may be undone by a visit under way: the timeout of ingest.
it('no visit is under way for more than 15 seconds', () => {
  const { attempts, connectMs, answerMs } = LIMITS.tables;
  expect(FUNCTION_LIMITS.ingest.timeoutSeconds).toBe(15);
  expect((attempts * (connectMs + answerMs)) / 1_000).toBeLessThan(15);
});
