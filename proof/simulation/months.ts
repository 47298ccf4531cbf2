import type { Counter } from '../../src/domain/counter.ts';
import { NO_DAY } from './errors.ts';
import { assertSame } from './violation.ts';

/**
 * Throws a Violation unless each month of a counter is the sum of `days`, all that there ever were, also of those that
 * the counter no longer keeps. A day may occur several times.
 */
export const assertMonths = (
  { startedByMonth }: Counter,
  days: Iterable<readonly [day: string, sessions: number]>,
  when: string,
): void => {
  const expected = new Map<string, number>();
  for (const [day, sessions] of days) {
    const month = day.slice(0, 'YYYY-MM'.length);
    // A correction of sessions that are older than the kept days is in no month.
    if (day !== NO_DAY) expected.set(month, (expected.get(month) ?? 0) + sessions);
  }
  for (const month of new Set([...expected.keys(), ...startedByMonth.keys()])) {
    const held = startedByMonth.get(month) ?? 0;
    assertSame(`${when}: sessions of ${month}`, expected.get(month) ?? 0, held);
  }
};
