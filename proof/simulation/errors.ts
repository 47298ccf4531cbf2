import type { Counter } from '../../src/domain/counter.ts';
import type { Correction } from '../../src/domain/rebuild.ts';
import { REBUILT_DAYS } from '../../src/domain/row-comparison.ts';
import { addToDay, DAY_MS, type UtcDay, utcDay } from '../../src/domain/utc-day.ts';
import { byMonth, joinMonths } from '../../src/domain/utc-month.ts';

/** How far the counter is off, because of lost records and drift injected by hand. */
export interface CounterErrors {
  /** Error of the started sessions by day; sessions without a day are under `NO_DAY`. */
  readonly started: Map<UtcDay, number>;
  readonly removed: Map<UtcDay, number>;
}

/** The day of sessions without one. Sorts before every day, since sessions without a day count as older than all of them. */
export const NO_DAY: UtcDay = '';

/** The errors of an exact counter. */
export const noErrors = (): CounterErrors => ({ started: new Map(), removed: new Map() });

/** The sum of the errors of one kind. */
export const sumOf = (errors: ReadonlyMap<UtcDay, number>): number =>
  [...errors.values()].reduce((sum, error) => sum + error, 0);

/** Whether every number of the counter is exact. */
export const isExact = ({ started, removed }: CounterErrors): boolean =>
  [...started.values(), ...removed.values()].every((error) => error === 0);

/** Records that the counter misses a session or a removal (-1), or has one too many (1). */
export const addError = (
  errors: Map<UtcDay, number>,
  day: UtcDay | undefined,
  error: number,
): void => addToDay(errors, day ?? NO_DAY, error);

/** The counter with `by` more sessions in its total, and in `day` and its month if there is one. */
export const withDrift = (
  errors: CounterErrors,
  counter: Counter,
  { by, day }: { readonly by: number; readonly day: UtcDay | undefined },
): Counter => {
  addError(errors.started, day, by);
  const startedByDay = new Map(counter.startedByDay);
  addToDay(startedByDay, day, by);
  const inMonth = day === undefined ? new Map() : byMonth(new Map([[day, by]]));
  const startedByMonth = joinMonths(counter.startedByMonth, inMonth);
  return { ...counter, total: counter.total + by, startedByDay, startedByMonth };
};

/** Applies a correction to the errors; whatever belongs to no kept day goes to `NO_DAY`. */
export const addCorrection = (errors: CounterErrors, correction: Correction): void => {
  const { total, removed, startedByDay, removedByDay } = correction;
  for (const [day, number] of startedByDay) addError(errors.started, day, number);
  for (const [day, number] of removedByDay) addError(errors.removed, day, number);
  addError(errors.started, NO_DAY, total - sumOf(startedByDay));
  addError(errors.removed, NO_DAY, removed - sumOf(removedByDay));
};

/**
 * The differences between rows and counter that a comparison can see: for each day up to that of the
 * cutoff, with all days before the rebuilt ones combined. A lost session whose removal was lost too
 * cancels out, and rows dated past the cutoff are left to a later rebuild.
 */
export const visibleErrors = ({ started, removed }: CounterErrors, cutoffMs: number): number[] => {
  const visible = new Map<UtcDay, number>();
  const first = utcDay(cutoffMs - (REBUILT_DAYS - 1) * DAY_MS);
  const bucket = (day: UtcDay): UtcDay => (day < first ? NO_DAY : day);
  for (const [day, error] of started) addToDay(visible, bucket(day), error);
  for (const [day, error] of removed) addToDay(visible, bucket(day), -error);
  const last = utcDay(cutoffMs);
  return [...visible].filter(([day]) => day <= last).map(([, error]) => error);
};
