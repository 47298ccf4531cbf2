import { describe, expect, it } from 'vitest';
import { type Counter, EMPTY_COUNTER } from '../../src/domain/counter.ts';
import { NO_OTHER_COUNTERS } from '../../src/domain/counter-name.ts';
import { parseHttpRequest } from '../../src/http/http-request.ts';
import { createReadHistory } from '../../src/query/read-history.ts';
import { httpApiEvent } from '../support/api-events.ts';
import { readersOf } from '../support/readers.ts';
import { NOW_MS } from '../support/stream-records.ts';

const startedByDay = new Map([
  ['2026-11-20', 4],
  ['2026-11-23', 2],
  ['2026-11-24', 9],
]);

const counter: Counter = { ...EMPTY_COUNTER, startedByDay };

const readHistory = async (query: Record<string, string>, value = counter) => {
  const route = createReadHistory({
    readers: readersOf({ counter: { value, readAtMs: NOW_MS - 5_000 } }),
    list: NO_OTHER_COUNTERS,
    now: () => NOW_MS,
  });
  const event = { ...httpApiEvent({ method: 'GET' }), queryStringParameters: query };
  const { statusCode, body } = await route(parseHttpRequest(event));
  return { statusCode, ...JSON.parse(body) };
};

describe('the history', () => {
  it('has each of the last days, ending with today, with zeros for days without new sessions', async () => {
    expect(await readHistory({ days: '4' })).toEqual({
      statusCode: 200,
      days: [
        { day: '2026-11-20', new_sessions: 4 },
        { day: '2026-11-21', new_sessions: 0 },
        { day: '2026-11-22', new_sessions: 0 },
        { day: '2026-11-23', new_sessions: 2 },
      ],
      as_of: '2026-11-23T17:59:55.000Z',
    });
  });

  it.each([
    { query: {}, days: 30 },
    { query: { days: '1' }, days: 1 },
    { query: { days: '90' }, days: 90 },
  ])('for $query is $days days long', async ({ query, days }) => {
    const history = await readHistory(query);
    expect(history.days).toHaveLength(days);
    expect(history.days.at(-1)).toEqual({ day: '2026-11-23', new_sessions: 2 });
  });

  it.each(['0', '91', '-1', '1.5', '1e1', 'many', '30,30', '٣', ' 7'])(
    'of %j days is refused',
    async (days) => {
      expect(await readHistory({ days })).toEqual({
        statusCode: 400,
        message: 'days must be a whole number from 1 to 90.',
      });
    },
  );

  it.each([undefined, 'day'])('is by day with by=%s, to the byte', async (by) => {
    const query = { days: '1', ...(by && { by }) };
    expect(JSON.stringify(await readHistory(query))).toBe(
      '{"statusCode":200,"days":[{"day":"2026-11-23","new_sessions":2}],"as_of":"2026-11-23T17:59:55.000Z"}',
    );
  });

  it.each(['year', 'Month', 'days', 'month,month'])('by %j is refused', async (by) => {
    expect(await readHistory({ by })).toEqual({
      statusCode: 400,
      message: 'by must be day or month.',
    });
  });
});

it('has 0 for a day from which more was retracted than was counted by day', async () => {
  const startedByDay = new Map([['2026-11-23', -1]]);
  expect(await readHistory({ days: '1' }, { ...counter, startedByDay })).toMatchObject({
    days: [{ day: '2026-11-23', new_sessions: 0 }],
  });
});

describe('the history by month', () => {
  const byMonth = (...startedByMonth: [month: string, sessions: number][]) =>
    readHistory({ by: 'month' }, { ...counter, startedByMonth: new Map(startedByMonth) });

  it('has all months since the first with sessions, with zeros between, up to the current one', async () => {
    expect(await byMonth(['2026-10', 7], ['2026-08', 0], ['2025-12', 40_000])).toEqual({
      statusCode: 200,
      months: [
        { month: '2025-12', new_sessions: 40_000 },
        ...['01', '02', '03', '04', '05', '06', '07', '08', '09'].map((month) => ({
          month: `2026-${month}`,
          new_sessions: 0,
        })),
        { month: '2026-10', new_sessions: 7 },
        { month: '2026-11', new_sessions: 0 },
      ],
      as_of: '2026-11-23T17:59:55.000Z',
    });
  });

  it('begins after months whose sessions were all retracted', async () => {
    const { months } = await byMonth(['2026-08', 0], ['2026-09', -2], ['2026-10', 1]);
    expect(months.map(({ month }: { month: string }) => month)).toEqual(['2026-10', '2026-11']);
  });

  it('has 0 for a month from which more was retracted than was counted by month', async () => {
    const { months } = await byMonth(['2026-10', 1], ['2026-11', -3]);
    expect(months.at(-1)).toEqual({ month: '2026-11', new_sessions: 0 });
  });

  it.each([
    { case: 'nobody was counted', numbers: [] },
    { case: 'all sessions are dated in the future', numbers: [['2027-01', 5]] },
  ] as { case: string; numbers: [string, number][] }[])(
    'has the current month alone when $case',
    async ({ numbers }) => {
      const { months } = await byMonth(...numbers);
      expect(months).toEqual([{ month: '2026-11', new_sessions: 0 }]);
    },
  );

  it.each(['30', '0'])('with days=%s is refused', async (days) => {
    expect(await readHistory({ by: 'month', days })).toEqual({
      statusCode: 400,
      message: 'days must be left out with by=month, which reads all months.',
    });
  });
});
