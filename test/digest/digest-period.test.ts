import { expect, it } from 'vitest';
import { lastPeriod } from '../../src/digest/digest-period.ts';

const rangeOf = (days: readonly string[]) => [days[0], days.at(-1), days.length];

it.each([
  { now: '2026-11-23T00:00:00.000Z', week: ['2026-11-16', '2026-11-22', 7] },
  { now: '2026-11-23T07:00:00.000Z', week: ['2026-11-16', '2026-11-22', 7] },
  { now: '2026-11-29T23:59:59.999Z', week: ['2026-11-16', '2026-11-22', 7] },
  { now: '2026-11-30T00:00:00.000Z', week: ['2026-11-23', '2026-11-29', 7] },
  { now: '2027-01-03T12:00:00.000Z', week: ['2026-12-21', '2026-12-27', 7] },
])('is the last week from Monday to Sunday at $now', ({ now, week }) => {
  const { days, daysBefore } = lastPeriod('weekly', Date.parse(now));
  expect(rangeOf(days)).toEqual(week);
  expect(daysBefore).toHaveLength(7);
  expect(Date.parse(daysBefore.at(-1) ?? '') + 86_400_000).toBe(Date.parse(days[0] ?? ''));
});

it.each([
  {
    now: '2026-12-01T07:00:00.000Z',
    ...{ month: ['2026-11-01', '2026-11-30', 30], before: ['2026-10-01', '2026-10-31', 31] },
  },
  {
    now: '2027-01-31T23:59:59.999Z',
    ...{ month: ['2026-12-01', '2026-12-31', 31], before: ['2026-11-01', '2026-11-30', 30] },
  },
  {
    now: '2028-03-01T00:00:00.000Z',
    ...{ month: ['2028-02-01', '2028-02-29', 29], before: ['2028-01-01', '2028-01-31', 31] },
  },
])('is the last month at $now', ({ now, month, before }) => {
  const { days, daysBefore } = lastPeriod('monthly', Date.parse(now));
  expect(rangeOf(days)).toEqual(month);
  expect(rangeOf(daysBefore)).toEqual(before);
});
