import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { createIngestHandler } from '../../src/ingest/ingest-handler.ts';
import { httpApiEvent, type RequestFacts } from './api-events.ts';
import type { TestDatabase } from './embedded-database.ts';
import { openFreshTables } from './projected-database.ts';

/** A request that names counters, separated by commas; undefined names none. */
export const requestFor = (counter: string | undefined, facts: RequestFacts = {}) => ({
  ...httpApiEvent(facts),
  queryStringParameters: counter === undefined ? {} : { counter },
});

/** The rows of the sessions table. */
export const rowsOf = async ({
  client,
  tables,
}: TestDatabase): Promise<Record<string, unknown>[]> => {
  const { Items = [] } = await client.send(
    new ScanCommand({ TableName: tables.SESSIONS_TABLE, ConsistentRead: true }),
  );
  return Items;
};

/** A deployment in new tables that admits `about` and at most two names below `blog`, unless `env` says otherwise. */
export const openCounters = async (file: TestDatabase, env: Record<string, string> = {}) => {
  const database = await openFreshTables(file);
  const settings = {
    ...{ ...database.tables, HASH_KEY: 'k'.repeat(32) },
    ...{ COUNTERS: 'about,blog/*', MAX_COUNTERS: '2', ...env },
  };
  const ingest = createIngestHandler(settings, database.client);
  const answerTo = async (event: ReturnType<typeof requestFor>) => {
    const { statusCode, body } = await ingest(event);
    return { statusCode, body: body === '' ? '' : JSON.parse(body) };
  };
  const visit = (counter?: string, facts?: RequestFacts) => answerTo(requestFor(counter, facts));
  const forget = (counter?: string, facts?: RequestFacts) =>
    answerTo(requestFor(counter, { ...facts, method: 'DELETE', path: '/sessions/me' }));
  /** The counters of all rows, sorted. */
  const counters = async () =>
    (await rowsOf(database)).map(({ counter_name }) => counter_name ?? 'site').sort();
  return { database, settings, visit, forget, counters };
};
