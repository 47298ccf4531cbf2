import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SITE } from '../../src/domain/counter-name.ts';
import { startProjection } from '../../src/local/projection.ts';
import { createQueryHandler } from '../../src/query/query-handler.ts';
import { httpApiEvent } from '../support/api-events.ts';
import { type TestDatabase, useDatabase } from '../support/embedded-database.ts';
import { openFreshTables, untilCounted, visitAt } from '../support/projected-database.ts';

const database = useDatabase();

const NAMES = [SITE, 'about', 'blog/first', 'blog/second', 'blog/2026/third'];
const COUNTERS = 'about,blog/*';

interface Visit {
  readonly counter: string;
  readonly session: string;
  readonly minutesAgo: number;
}

const visit = fc.record({
  counter: fc.constantFrom(...NAMES),
  session: fc.constantFrom('s0', 's1', 's2', 's3'),
  minutesAgo: fc.constantFrom(0, 30, 90, 600),
});
const inOrder = (visits: Visit[]) => visits.toSorted((a, b) => b.minutesAgo - a.minutesAgo);
const visits = fc.array(visit, { maxLength: 12 }).map(inOrder);
const asked = fc.subarray(NAMES);

/** The counts of a counter, from the visits alone. The hash of a session covers its counter. */
const expectedOf = (visits: readonly Visit[], counter: string) => {
  const own = visits.filter((visit) => visit.counter === counter);
  const sessionsOf = (some: readonly Visit[]) => new Set(some.map(({ session }) => session)).size;
  return {
    unique_session_count: sessionsOf(own),
    active_sessions: sessionsOf(own.filter(({ minutesAgo }) => minutesAgo < 60)),
  };
};

const countAll = async (tables: TestDatabase, visits: readonly Visit[]) => {
  const nowMs = Date.now();
  for (const { counter, session, minutesAgo } of visits) {
    const seenAt = new Date(nowMs - minutesAgo * 60_000).toISOString();
    await visitAt(tables, seenAt, [`${counter} ${session}`], counter);
  }
  const { stop } = startProjection({ ...tables.tables }, tables);
  for (const counter of NAMES) {
    const { unique_session_count: total } = expectedOf(visits, counter);
    await untilCounted(tables, { total }, counter);
  }
  await stop();
};

it('each counter has the numbers of a plain model, in whatever list it is asked for', async () => {
  await fc.assert(
    fc.asyncProperty(visits, asked, asked, async (visits, counters, totals) => {
      const tables = await openFreshTables(database());
      await countAll(tables, visits);
      const query = createQueryHandler({ ...tables.tables, COUNTERS }, tables.client, '');
      const read = async (queryStringParameters: Record<string, string>) => {
        const event = httpApiEvent({ method: 'GET', path: '/counts' });
        return JSON.parse((await query({ ...event, queryStringParameters })).body);
      };
      // With a name that the deployment does not admit, it is always a list.
      const list = await read({
        counter: [...counters, SITE, 'no'].join(','),
        total: [...totals, 'no'].join(','),
      });
      expect(Object.keys(list.counters).sort()).toEqual(
        [...new Set([SITE, ...counters, ...totals])].sort(),
      );
      for (const [name, numbers] of Object.entries(list.counters)) {
        const { active_sessions, ...total } = expectedOf(visits, name);
        const isTotal = name !== SITE && !counters.includes(name);
        expect(numbers).toMatchObject(isTotal ? total : { ...total, active_sessions });
        expect('active_sessions' in (numbers as object)).toBe(!isTotal);
      }
      for (const counter of counters) {
        expect(await read({ counter })).toMatchObject(expectedOf(visits, counter));
      }
    }),
    { numRuns: 15 },
  );
});
