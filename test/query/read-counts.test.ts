import { describe, expect, it } from 'vitest';
import type { Baseline } from '../../src/domain/baseline.ts';
import { EMPTY_COUNTER } from '../../src/domain/counter.ts';
import { NO_OTHER_COUNTERS } from '../../src/domain/counter-name.ts';
import { parseHttpRequest } from '../../src/http/http-request.ts';
import { createReadCounts } from '../../src/query/read-counts.ts';
import { httpApiEvent } from '../support/api-events.ts';
import { readersOf } from '../support/readers.ts';
import { NOW, NOW_MS } from '../support/stream-records.ts';

interface Given {
  readonly baseline?: Baseline;
  readonly counterAgeMs?: number;
  readonly activeAgeMs?: number;
  /** For how long the active sessions are not counted again. */
  readonly restMs?: number;
}

// From the request to DynamoDB until its response.
const READING_MS = 30;

const readCounts = async ({ baseline, counterAgeMs = 0, activeAgeMs = 0, restMs = 0 }: Given) => {
  const readAtMs = NOW_MS - counterAgeMs;
  const activeAtMs = NOW_MS - activeAgeMs;
  const counter = { ...EMPTY_COUNTER, total: 42, watermark: NOW_MS / 1_000 - 600, baseline };
  const route = createReadCounts({
    readers: readersOf({
      counter: { value: counter, readAtMs, readUntilMs: readAtMs + READING_MS },
      active: {
        ...{ value: 3, readAtMs: activeAtMs, readUntilMs: activeAtMs + READING_MS },
        expiresAtMs: NOW_MS + restMs,
      },
    }),
    ...{ list: NO_OTHER_COUNTERS, activeWindowMinutes: 60, now: () => NOW_MS },
  });
  const answer = await route(parseHttpRequest(httpApiEvent({ method: 'GET', path: '/counts' })));
  return { ...answer, body: JSON.parse(answer.body) };
};

it('returns both numbers, the window and the time, not cacheable', async () => {
  const { statusCode, headers, body } = await readCounts({});
  expect(statusCode).toBe(200);
  expect(headers['Cache-Control']).toBe('no-store');
  expect(body).toEqual({
    unique_session_count: 42,
    active_sessions: 3,
    active_window_minutes: 60,
    counted_until: '2026-11-23T17:50:02.000Z',
    active_until: '2026-11-23T18:00:00.030Z',
    as_of: NOW,
  });
  // Without a parameter, the response stays the same to the byte.
  expect(Object.keys(body)).toEqual([
    ...['unique_session_count', 'active_sessions', 'active_window_minutes'],
    ...['counted_until', 'active_until', 'as_of'],
  ]);
});

it.each([{ sessions: 10_000, since: '2019-03-01' }, { sessions: 10_000 }])(
  'returns the sum with the baseline %j, and then both parts',
  async (baseline) => {
    const { body: without } = await readCounts({});
    const { body } = await readCounts({ baseline });
    const parts = { counted_sessions: 42, baseline };
    expect(body).toEqual({ ...without, unique_session_count: 10_042, ...parts });
  },
);

describe('as_of', () => {
  it.each([
    { counterAgeMs: 0, activeAgeMs: 20_000, asOf: '2026-11-23T17:59:40.000Z' },
    { counterAgeMs: 15_000, activeAgeMs: 0, asOf: '2026-11-23T17:59:45.000Z' },
  ])('is the time of the older reading: $asOf', async ({ asOf, ...ages }) => {
    expect((await readCounts(ages)).body.as_of).toBe(asOf);
  });
});

it.each([
  { counterAgeMs: 0, activeAgeMs: 20_000, until: '2026-11-23T17:59:40.030Z' },
  // While the counter cannot be read, the active sessions may be much newer than its total.
  { counterAgeMs: 15_000, activeAgeMs: 0, until: '2026-11-23T18:00:00.030Z' },
])('active_until is when the active sessions had been read: $until', async ({ until, ...ages }) => {
  expect((await readCounts(ages)).body.active_until).toBe(until);
});

describe('caches', () => {
  it.each([
    { restMs: 999, header: 'no-store' },
    { restMs: 1_000, header: 'public, max-age=1' },
    { restMs: 39_999, activeAgeMs: 20_001, header: 'public, max-age=39' },
    { restMs: 60_000, header: 'public, max-age=60' },
    // While the counter cannot be read, its last total must not be cached for more than its minute.
    { restMs: 40_000, counterAgeMs: 50_000, header: 'public, max-age=10' },
    { restMs: -5, header: 'no-store' },
  ])('may keep it for as long as the number would not be counted again: $header', async (given) => {
    const { headers } = await readCounts(given);
    expect(headers['Cache-Control']).toBe(given.header);
  });
});
