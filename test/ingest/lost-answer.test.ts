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
// As many attempts as on Lambda, but with short timeouts.
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
/** A visit whose row is written and deleted, and whose response is then lost. */
const visitDeletedMeanwhile = async () => {
  let deleted: unknown;
  (await failing).beforeAnswerIsLost = async () => {
    expect(await rowCount()).toBe(1);
    deleted = await ingest(deletion);
    expect(await rowCount()).toBe(0);
  };
  return { counted: await ingest(visit), deleted };
};

describe('a visit whose row is deleted before its response is lost', () => {
  it('writes the row again: two inserts, one removal, one row left', async () => {
    project(database);
    const { counted, deleted } = await visitDeletedMeanwhile();
    expect([counted, deleted]).toMatchObject([{ statusCode: 202 }, { statusCode: 204 }]);
    await untilCounted(database, { total: 2, removed: 1 });
    expect(await rowCount()).toBe(1);
  });

  it('leaves no row when the deletion is repeated after the visit', async () => {
    project(database);
    await visitDeletedMeanwhile();
    expect(await ingest(deletion)).toMatchObject({ statusCode: 204 });
    await untilCounted(database, { total: 2, removed: 2 });
    expect(await rowCount()).toBe(0);
  });
});

// On Lambda its container is then frozen, and the next attempt would be sent when it resumes, minutes later.
it('a visit that timed out writes nothing more', async () => {
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

// README.md states how long a concurrent visit may undo a deletion: the timeout of ingest.
it('no visit takes more than 15 seconds', () => {
  const { attempts, connectMs, answerMs } = LIMITS.tables;
  expect(FUNCTION_LIMITS.ingest.timeoutSeconds).toBe(15);
  expect((attempts * (connectMs + answerMs)) / 1_000).toBeLessThan(15);
});
