import type { Counter, RunningRetract } from './counter.ts';
import { type UtcDay, utcDay } from './utc-day.ts';

/**
 * The writes of a retract to the counter, each atomic. They resolve to whether their condition held, and throw
 * when the outcome is unknown.
 */
export interface RetractStore {
  /**
   * Begins a retract, unless a rebuild or another retract is running, or the most recent retract is not
   * `lastRetract`. So a delayed or repeated request cannot begin the same retract a second time.
   */
  readonly beginRetract: (
    retract: RunningRetract,
    lastRetract: string | undefined,
  ) => Promise<boolean>;
  /** Ends the retract that began at this time. Changes no number. */
  readonly endRetract: (at: string) => Promise<boolean>;
}

/** Whether sessions may have been taken back between two readings of a counter. */
export const wasRetracted = (before: Counter, after: Counter): boolean =>
  before.retract !== undefined || before.lastRetract !== after.lastRetract;

/** Days, both included. */
export interface Days {
  readonly first: UtcDay;
  readonly last: UtcDay;
}

const ALL_DAYS: Days = { first: '0000-01-01', last: '9999-12-31' };

/** The days of which sessions may have been taken back between two readings of a counter; undefined if none. */
export const retractedDays = (before: Counter, after: Counter): Days | undefined => {
  // Several may have run one after the other, and the counter names only the last.
  if (before.lastRetract !== after.lastRetract) return ALL_DAYS;
  return (
    before.retract && {
      first: utcDay(Date.parse(before.retract.from)),
      last: utcDay(Date.parse(before.retract.to) - 1),
    }
  );
};
