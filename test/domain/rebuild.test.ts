import { describe, expect, it } from 'vitest';
import {
  deadlineOfRebuild,
  isNoCorrection,
  isSameCorrection,
  planCorrection,
} from '../../src/domain/rebuild.ts';
import type { RowComparison } from '../../src/domain/row-comparison.ts';

const CUTOFF = '2026-11-24T12:00:00.000Z';
const comparison = (days: Record<string, number>, older = 0): RowComparison => ({
  byDay: new Map(
    Object.entries(days).map(([day, rows]) => [day, { rows, uncertainty: 0 }] as const),
  ),
  older: { rows: older, uncertainty: 0 },
});
const MIXED = comparison({ '2026-11-22': -2, '2026-11-23': 3, '2026-11-24': 0 }, -4);

describe('a correction', () => {
  it('adds missing sessions, and counts surplus rows as removals, which must have been lost', () => {
    expect(planCorrection(CUTOFF, MIXED, 'add-removals')).toEqual({
      ...{ cutoff: CUTOFF, total: 3, removed: 6 },
      startedByDay: new Map([['2026-11-23', 3]]),
      removedByDay: new Map([['2026-11-22', 2]]),
    });
  });

  it('lowers the total with the policy for a total that was too high', () => {
    expect(planCorrection(CUTOFF, MIXED, 'lower-total')).toEqual({
      ...{ cutoff: CUTOFF, total: -3, removed: 0 },
      startedByDay: new Map([
        ['2026-11-22', -2],
        ['2026-11-23', 3],
      ]),
      removedByDay: new Map(),
    });
  });

  it('changes nothing when nothing differs, but does when two days cancel out in the sum', () => {
    const none = planCorrection(CUTOFF, comparison({ '2026-11-24': 0 }), 'lower-total');
    expect(isNoCorrection(none)).toBe(true);
    const days = comparison({ '2026-11-23': 3, '2026-11-24': -3 });
    expect(isNoCorrection(planCorrection(CUTOFF, days, 'lower-total'))).toBe(false);
    expect(isNoCorrection(planCorrection(CUTOFF, comparison({}, 1), 'add-removals'))).toBe(false);
    expect(isNoCorrection(planCorrection(CUTOFF, comparison({}, -1), 'add-removals'))).toBe(false);
  });

  it.each([
    { other: MIXED, same: true },
    { other: comparison({ '2026-11-22': -2, '2026-11-24': 3 }, -4), same: false },
    { other: comparison({ '2026-11-22': -2, '2026-11-23': 4 }, -4), same: false },
    { other: comparison({ '2026-11-22': -2, '2026-11-23': 3 }, -3), same: false },
    { other: comparison({ '2026-11-21': -2, '2026-11-23': 3 }, -4), same: false },
    { other: comparison({ '2026-11-23': 3 }, -6), same: false },
    { other: comparison({ '2026-11-22': -2 }, -1), same: false },
  ])('is the same only when it changes the same days: %#', ({ other, same }) => {
    const first = planCorrection(CUTOFF, MIXED, 'add-removals');
    expect(isSameCorrection(first, planCorrection(CUTOFF, other, 'add-removals'))).toBe(same);
  });

  it.each([
    { what: 'of old rows alone', one: comparison({}, 1), other: comparison({}, 2) },
    {
      what: 'to a day of its own',
      one: comparison({ '2026-11-23': 3 }, 2),
      other: comparison({ '2026-11-22': 2, '2026-11-23': 3 }),
    },
  ])('differs when it changes a number $what', ({ one, other }) => {
    const [a, b] = [one, other].map((each) => planCorrection(CUTOFF, each, 'add-removals'));
    expect(a && b && isSameCorrection(a, b)).toBe(false);
  });
});

it('a rebuild must end within a day', () => {
  expect(deadlineOfRebuild(CUTOFF)).toBe('2026-11-25T12:00:00.000Z');
});
