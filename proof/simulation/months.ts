import { NO_DAY } from './errors.ts';
import { assertSame } from './violation.ts';
import type { World } from './world.ts';

/**
 * Throws a Violation unless each month of a counter is the sum of all its days that there ever were, also of those that
 * the counter no longer keeps.
 */
export const assertMonths = ({ model, counters }: World, counter: string, when: string): void => {
  const { read, errors } = counters.of(counter);
  const expected = new Map<string, number>();
  for (const [day, number] of [...model.trueCountsOf(counter).startedByDay, ...errors.started]) {
    const month = day.slice(0, 'YYYY-MM'.length);
    // A correction of sessions that are older than the kept days is in no month.
    if (day !== NO_DAY) expected.set(month, (expected.get(month) ?? 0) + number);
  }
  const held = read().startedByMonth;
  for (const month of new Set([...expected.keys(), ...held.keys()]))
    assertSame(`${when}: sessions of ${month}`, expected.get(month) ?? 0, held.get(month) ?? 0);
};
