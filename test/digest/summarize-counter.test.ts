import { expect, it } from 'vitest';
import { lastPeriod } from '../../src/digest/digest-period.ts';
import { summarizeCounter } from '../../src/digest/summarize-counter.ts';
import { EMPTY_COUNTER } from '../../src/domain/counter.ts';
import { MONDAY_MS } from './digest-facts.ts';

const summarizeAt = (rhythm: 'weekly' | 'monthly', nowMs: number, days: [string, number][]) => {
  const counter = { ...EMPTY_COUNTER, total: 50, startedByDay: new Map(days) };
  return summarizeCounter('site', counter, lastPeriod(rhythm, nowMs), nowMs);
};

it('counts the days of the period, and not those around it', () => {
  const { days, before } = summarizeAt('weekly', MONDAY_MS, [
    ...([
      ['2026-11-08', 1],
      ['2026-11-09', 2],
      ['2026-11-15', 4],
    ] as [string, number][]),
    ...([
      ['2026-11-16', 8],
      ['2026-11-22', 16],
      ['2026-11-23', 32],
    ] as [string, number][]),
  ]);
  expect(days.map(({ sessions }) => sessions)).toEqual([8, 0, 0, 0, 0, 0, 16]);
  expect(before).toBe(6);
});

it('adds the baseline to the total', () => {
  const counter = { ...EMPTY_COUNTER, total: 50, baseline: { sessions: 1_000 } };
  const summary = summarizeCounter('site', counter, lastPeriod('weekly', MONDAY_MS), MONDAY_MS);
  expect(summary).toMatchObject({ total: 1_050, baseline: 1_000 });
});

it('compares with the month before, as long as the counter has all of its days', () => {
  const first = Date.parse('2026-12-01T07:00:00.000Z');
  expect(summarizeAt('monthly', first, [['2026-10-31', 9]]).before).toBe(9);
  // The 90 days begin on 1 October.
  expect(summarizeAt('monthly', Date.parse('2026-12-29T07:00:00.000Z'), []).before).toBe(0);
  expect(summarizeAt('monthly', Date.parse('2026-12-30T07:00:00.000Z'), []).before).toBeUndefined();
});
