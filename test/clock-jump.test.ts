import { beforeEach, describe, expect, it, vi } from 'vitest';
import { utcDay } from '../src/domain/utc-day.ts';
import { createIngestHandler } from '../src/ingest/ingest-handler.ts';
import { createQueryHandler } from '../src/query/query-handler.ts';
import { readCounter } from '../src/tables/read-counter.ts';
import { httpApiEvent } from './support/api-events.ts';
import { browser } from './support/browsers.ts';
import { type TestDatabase, useDatabase } from './support/embedded-database.ts';
import { openFreshTables, project, untilCounted, visitAt } from './support/projected-database.ts';

const DAY_MS = 86_400_000;
const useFile = useDatabase();
let database: TestDatabase;
beforeEach(async () => {
  database = await openFreshTables(useFile());
});

const START_MS = Date.now();
const inDays = (days: number): number => START_MS + days * DAY_MS;
/** Runs `action` while the clock of a function is this many days from the start. */
const onClock = async <Result>(days: number, action: () => Promise<Result>): Promise<Result> => {
  vi.useFakeTimers({ toFake: ['Date'], now: inDays(days) });
  return action().finally(() => void vi.useRealTimers());
};
/** A visit to a new container of ingest whose clock is this many days ahead. */
const visit = (number: number, daysAhead = 0): Promise<void> =>
  onClock(daysAhead, async () => {
    const settings = { HASH_KEY: 'k'.repeat(32), TOUCH_INTERVAL_SECONDS: '60' };
    const ingest = createIngestHandler({ ...database.tables, ...settings }, database.client);
    const { statusCode } = await ingest(httpApiEvent({ userAgent: browser(number) }));
    expect(statusCode).toBe(202);
  });
/** The response of a new container of query with a correct clock. */
const ask = (path: string, query: Record<string, string> = {}) =>
  onClock(0, async () => {
    const event = { ...httpApiEvent({ method: 'GET', path }), queryStringParameters: query };
    const { body } = await createQueryHandler({ ...database.tables }, database.client, '')(event);
    return JSON.parse(body);
  });
const activeSessions = async (): Promise<number> => (await ask('/counts')).active_sessions;
const dayIn = (days: number): string => utcDay(inDays(days));

describe('when the clock of ingest jumps a hundred days ahead and back', () => {
  it('the sessions dated ahead become active again with their next visit, and not before', async () => {
    await visit(1, 100);
    await visit(2);
    expect(await activeSessions()).toBe(1);
    await visit(1);
    expect(await activeSessions()).toBe(2);
  });

  it('future days are kept, and no day of the history is lost', async () => {
    project(database);
    await visitAt(database, new Date(inDays(-80)).toISOString(), ['old', 'old too']);
    await untilCounted(database, { total: 2, removed: 0 });
    await visit(1, 100);
    await untilCounted(database, { total: 3, removed: 0 });
    await visit(2);
    await untilCounted(database, { total: 4, removed: 0 });
    const { startedByDay } = await readCounter(database.client, database.tables.COUNTS_TABLE);
    expect(new Map(startedByDay)).toEqual(
      new Map([
        [dayIn(-80), 2],
        [dayIn(100), 1],
        [dayIn(0), 1],
      ]),
    );
    const { days } = await ask('/history', { days: '90' });
    expect(days.filter(({ new_sessions }: { new_sessions: number }) => new_sessions > 0)).toEqual([
      { day: dayIn(-80), new_sessions: 2 },
      { day: dayIn(0), new_sessions: 1 },
    ]);
  });
});
