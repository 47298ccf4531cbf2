import type { Counter } from '../src/domain/counter.ts';
import type { Correction } from '../src/domain/rebuild.ts';
import { addToDay, type UtcDay } from '../src/domain/utc-day.ts';
import { Violation } from './violation.ts';

/** By how much the counter was spoilt on purpose, or left wrong by an uncertain rebuild. */
export interface Spoils {
  total: number;
  readonly byDay: Map<UtcDay, number>;
}

/** Nothing is spoilt. */
export const createSpoils = (): Spoils => ({ total: 0, byDay: new Map() });

/** The counter with so many sessions more in its total, and in a day if it is told. */
export const spoilCounter = (
  spoils: Spoils,
  counter: Counter,
  { by, day }: { readonly by: number; readonly day: UtcDay | undefined },
): Counter => {
  spoils.total += by;
  addToDay(spoils.byDay, day, by);
  const startedByDay = new Map(counter.startedByDay);
  addToDay(startedByDay, day, by);
  return { ...counter, total: counter.total + by, startedByDay };
};

/** What a rebuild leaves wrong must be within the uncertainty that it states. */
export const assertMended = (spoils: Spoils, correction: Correction): void => {
  const { drift, uncertainty, driftByDay } = correction;
  const left = spoils.total + drift;
  if (Math.abs(left) > uncertainty) {
    throw new Violation('A rebuild must mend the total', `0 ± ${uncertainty}`, left);
  }
  spoils.total = left;
  for (const [day, part] of driftByDay) addToDay(spoils.byDay, day, part);
};
