import { beforeAll, describe, expect, it } from 'vitest';
import { FUNCTION_LIMITS } from '../infra/props/function-limits.ts';
import type { HttpHandler } from '../src/http/http-handler.ts';
import { createIngestHandler } from '../src/ingest/ingest-handler.ts';
import {
  createProjectorHandler,
  type ProjectorHandler,
} from '../src/projector/projector-handler.ts';
import { createQueryHandler } from '../src/query/query-handler.ts';
import { createDocumentClient } from '../src/tables/document-client.ts';
import { readCounter } from '../src/tables/read-counter.ts';
import { httpApiEvent } from './support/api-events.ts';
import { browser } from './support/browsers.ts';
import { useDatabase } from './support/embedded-database.ts';
import {
  type FailingDynamoDB,
  startFailingDynamoDB,
  type Trouble,
} from './support/failing-dynamodb.ts';
import { withFastTimers } from './support/fast-timers.ts';
import { insertedFrom } from './support/stream-records.ts';

const LAMBDA_TIMEOUT_MS =
  Math.min(FUNCTION_LIMITS.ingest.timeoutSeconds, FUNCTION_LIMITS.query.timeoutSeconds) * 1_000;
// The first visit in a container reads the key before it writes.
const KEY_MS = 4_000;

const database = useDatabase();
let dynamodb: FailingDynamoDB;
let ingest: HttpHandler;
let query: HttpHandler;
let project: ProjectorHandler;

beforeAll(async () => {
  dynamodb = await startFailingDynamoDB(() => database().endpoint);
  const client = clientOf(dynamodb);
  const settings = { ...database().tables, HASH_KEY: 'k'.repeat(32) };
  ingest = createIngestHandler(settings, client);
  query = createQueryHandler(settings, client, '');
  project = createProjectorHandler(settings, client);
});

const clientOf = ({ endpoint }: FailingDynamoDB) =>
  createDocumentClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });

const visitOf = (number: number) => httpApiEvent({ userAgent: browser(number) });
const countsRequest = httpApiEvent({ method: 'GET', path: '/counts' });

const troubles: Trouble[] = ['down', 'silent', 'throttling', 'denied', 'broken'];

describe.each(troubles)('while DynamoDB is %s', (trouble) => {
  it('a browser gets a 503 with Retry-After, in time and with CORS headers', async () => {
    dynamodb.trouble = trouble;
    const { answers, elapsedMs } = await withFastTimers(async () => {
      const started = Date.now();
      const answers = await Promise.all([ingest(visitOf(1)), query(countsRequest)]);
      return { answers, elapsedMs: Date.now() - started };
    });
    expect(elapsedMs).toBeLessThan(LAMBDA_TIMEOUT_MS - KEY_MS);
    for (const { statusCode, headers, body } of answers) {
      expect(statusCode).toBe(503);
      expect(headers).toMatchObject({ 'Retry-After': '5', 'Access-Control-Allow-Origin': '*' });
      expect(JSON.parse(body)).toEqual({
        message: 'The counter is currently unavailable; please try again later.',
      });
    }
  });

  it('a batch fails and is delivered again, and the count is exact once DynamoDB is back', async () => {
    const shardId = `shard-${trouble}`;
    const { client, tables } = database();
    const before = (await readCounter(client, tables.COUNTS_TABLE)).total;
    dynamodb.trouble = trouble;
    const failing = withFastTimers(() => project({ shardId, Records: insertedFrom(1, 5) }));
    await expect(failing).rejects.toThrow();
    dynamodb.trouble = 'nothing';
    await project({ shardId, Records: insertedFrom(1, 5) });
    await project({ shardId, Records: insertedFrom(1, 5) });
    expect((await readCounter(client, tables.COUNTS_TABLE)).total).toBe(before + 5);
    expect((await ingest(visitOf(2))).statusCode).toBe(202);
  });
});

it.each(troubles)(
  'a container that has read the counts keeps serving them while DynamoDB is %s',
  async (trouble) => {
    const settings = { ...database().tables, HASH_KEY: 'k'.repeat(32) };
    const running = createQueryHandler(settings, clientOf(dynamodb), '');
    dynamodb.trouble = 'nothing';
    const before = await running(countsRequest);
    dynamodb.trouble = trouble;
    const after = await withFastTimers(() => running(countsRequest));
    expect(after).toMatchObject({ statusCode: 200, body: before.body });
  },
);

it('a function that is about to time out also responds 503', async () => {
  dynamodb.trouble = 'silent';
  const answer = await query(countsRequest, { getRemainingTimeInMillis: () => 400 });
  expect(answer).toMatchObject({ statusCode: 503, headers: { 'Retry-After': '5' } });
});
