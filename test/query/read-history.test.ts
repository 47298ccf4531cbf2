import { describe, expect, it } from 'vitest';
import { EMPTY_COUNTER } from '../../src/domain/counter.ts';
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

const value = { ...EMPTY_COUNTER, startedByDay };

const readHistory = async (query: Record<string, string>) => {
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
});
