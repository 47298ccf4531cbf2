import type { Counter } from '../../src/domain/counter.ts';
import type { Correction } from '../../src/domain/rebuild.ts';
import { REBUILT_DAYS } from '../../src/domain/row-comparison.ts';
import { addToDay, DAY_MS, type UtcDay, utcDay } from '../../src/domain/utc-day.ts';

/** By how much the counter is wrong: records that were lost, and what somebody wrote by hand. */
export interface CounterErrors {
  /** Errors of the started sessions by their day; those without one under `NO_DAY`. */
  readonly started: Map<UtcDay, number>;
  readonly removed: Map<UtcDay, number>;
}

/** Sorts before every day, as the sessions without one count as old. */
const NO_DAY: UtcDay = '';

/** A counter that is right. */
export const noErrors = (): CounterErrors => ({ started: new Map(), removed: new Map() });

/** The sum of the errors of one kind. */
export const sumOf = (errors: ReadonlyMap<UtcDay, number>): number =>
  [...errors.values()].reduce((sum, error) => sum + error, 0);

/** Whether the counter is right in every number. */
export const isRight = ({ started, removed }: CounterErrors): boolean =>
  [...started.values(), ...removed.values()].every((error) => error === 0);

/** Notes a session or a removal that the counter will never hear of, or one too many. */
export const noteError = (
  errors: Map<UtcDay, number>,
  day: UtcDay | undefined,
  error: number,
): void => addToDay(errors, day ?? NO_DAY, error);

/** The counter with so many sessions more in its total, and in a day if one is given. */
export const spoilCounter = (
  errors: CounterErrors,
  counter: Counter,
  { by, day }: { readonly by: number; readonly day: UtcDay | undefined },
): Counter => {
  noteError(errors.started, day, by);
  const startedByDay = new Map(counter.startedByDay);
  addToDay(startedByDay, day, by);
  return { ...counter, total: counter.total + by, startedByDay };
};

/** What a correction moves; what is of no kept day is of those before. */
export const noteCorrection = (errors: CounterErrors, correction: Correction): void => {
  const { total, removed, startedByDay, removedByDay } = correction;
  for (const [day, number] of startedByDay) noteError(errors.started, day, number);
  for (const [day, number] of removedByDay) noteError(errors.removed, day, number);
  noteError(errors.started, NO_DAY, total - sumOf(startedByDay));
  noteError(errors.removed, NO_DAY, removed - sumOf(removedByDay));
};

/**
 * By how much each day of the rows, up to that of a cutoff, differs from the counter, and all days
 * before those together: that is what rows can show. What a lost session and its lost removal leave
 * is in neither, and what is dated ahead is for a later rebuild.
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
