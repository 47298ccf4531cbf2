import type { Counter, RunningUndo, UndoKind } from './counter.ts';
import { type UtcDay, utcDay } from './utc-day.ts';

/**
 * The writes of a retract or a restore to the counter, each atomic. They resolve to whether their condition held, and
 * throw when the outcome is unknown.
 */
export interface UndoStore {
  /**
   * Begins a retract or a restore, unless a rebuild or another one is running, or the most recent one did not begin at
   * `lastUndo`. So a delayed or repeated request cannot begin the same one a second time.
   */
  readonly beginUndo: (undo: RunningUndo, lastUndo: string | undefined) => Promise<boolean>;
  /** Ends the one that began at this time. Changes no number. */
  readonly endUndo: (at: string) => Promise<boolean>;
}

/** Whether rows may have been retracted or restored between two readings of a counter. */
export const hasUndone = (before: Counter, after: Counter): boolean =>
  before.undo !== undefined || before.lastUndo !== after.lastUndo;

/** Days, both included. */
export interface Days {
  readonly first: UtcDay;
  readonly last: UtcDay;
}

const ALL_DAYS: Days = { first: '0000-01-01', last: '9999-12-31' };

/** The days of which rows may have been retracted or restored between two readings of a counter; undefined if none. */
export const undoneDays = (before: Counter, after: Counter): Days | undefined => {
  // Several may have run one after the other, and the counter names only the last.
  if (before.lastUndo !== after.lastUndo) return ALL_DAYS;
  return (
    before.undo && {
      first: utcDay(Date.parse(before.undo.from)),
      last: utcDay(Date.parse(before.undo.to) - 1),
    }
  );
};

/** The command that continues one of this kind, and gives it up. */
export const commandOf = (kind: UndoKind): 'retract' | 'restore' =>
  kind === 'retract' ? 'retract' : 'restore';
