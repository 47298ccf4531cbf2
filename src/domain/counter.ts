import type { Interval } from './interval.ts';
import type { SequenceNumber } from './sequence-number.ts';
import type { UtcDay } from './utc-day.ts';
import type { UtcMonth } from './utc-month.ts';

/** The position up to which one shard of the stream is counted. */
export interface Checkpoint {
  /** The last sequence number that the total contains. */
  readonly sequence: SequenceNumber;
  /**
   * When DynamoDB wrote the newest record of this shard that the total contains, epoch seconds; 0 when no
   * record had a time.
   */
  readonly at: number;
}

/** How many days of new sessions and removed rows the counter keeps, including today. */
export const HISTORY_DAYS = 90;

/**
 * The single aggregate. For every shard the total contains exactly the inserts up to and including its
 * checkpoint, because both only ever change in the same write.
 */
export interface Counter {
  /** Distinct sessions since the start, less those that were retracted. A rebuild may lower it, too. */
  readonly total: number;
  /** Rows deleted since the start, less those that were restored; `total - removed` is the number of rows. */
  readonly removed: number;
  /** New sessions by the day of their first visit, packed or not. */
  readonly startedByDay: ReadonlyMap<UtcDay, number>;
  /** Removed rows by the day of their first visit, packed or not. */
  readonly removedByDay: ReadonlyMap<UtcDay, number>;
  /**
   * New sessions by the month of their first visit, kept for ever. Sessions that a rebuild finds to be older than the
   * days are in no month.
   */
  readonly startedByMonth: ReadonlyMap<UtcMonth, number>;
  /** What of the days is stored in the pack. */
  readonly pack: DayPack;
  readonly checkpoints: ReadonlyMap<string, Checkpoint>;
  /**
   * The newest `at` of all dropped checkpoints, epoch seconds; 0 before the first. A record written at
   * or before it that no checkpoint covers may already be counted. Never decreases.
   */
  readonly watermark: number;
  /** When DynamoDB wrote the newest record of the last write; ISO 8601 UTC, if a record had a time. */
  readonly updatedAt: string | undefined;
  /** The running rebuild. */
  readonly rebuild: RunningRebuild | undefined;
  /** The cutoff of the most recent rebuild, however it ended. */
  readonly lastCutoff: string | undefined;
  /** The last rebuild that corrected the counter. */
  readonly rebuilt: EndedRebuild | undefined;
  /** The retract or restore that is running. */
  readonly undo: RunningUndo | undefined;
  /** When the most recent retract or restore began, however it ended; ISO 8601 UTC. */
  readonly lastUndo: string | undefined;
}

/**
 * The numbers of closed days, which are stored as one value. What is counted for a day after it was packed is
 * stored separately, until the next packing; the number of the day is the sum.
 */
export interface DayPack {
  /** The last day that was closed at the last packing; undefined before the first packing. */
  readonly through: UtcDay | undefined;
  readonly startedByDay: ReadonlyMap<UtcDay, number>;
  readonly removedByDay: ReadonlyMap<UtcDay, number>;
}

/** The pack before the first packing. */
export const EMPTY_PACK: DayPack = {
  through: undefined,
  startedByDay: new Map(),
  removedByDay: new Map(),
};

/** How many sessions started, and how many rows were removed. */
export interface SessionCounts {
  readonly started: number;
  readonly removed: number;
}

/** A running rebuild, and what was counted since it began of sessions dated after its cutoff. */
export interface RunningRebuild extends SessionCounts {
  /** ISO 8601 UTC; identifies the rebuild, which recounts the rows whose first visit is earlier. */
  readonly cutoff: string;
}

/**
 * What changes rows for the owner of a counter: `retract` takes sessions back, `restore` brings removed rows back
 * without a second count, and `restore-retracted` brings retracted sessions back, which count again.
 */
export type UndoKind = 'retract' | 'restore' | 'restore-retracted';

/** A retract or a restore that has begun and not ended. It only changes rows whose first visit lies in the interval. */
export interface RunningUndo extends Interval {
  readonly kind: UndoKind;
  /** When it began; ISO 8601 UTC. Identifies it, and is the mark of the rows that it deletes or inserts. */
  readonly at: string;
}

/** A rebuild that corrected the counter. */
export interface EndedRebuild {
  readonly cutoff: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** What it added to the total, and to the number of removed rows. */
  readonly total: number;
  readonly removed: number;
}

/** The counter before the first visit. */
export const EMPTY_COUNTER: Counter = {
  total: 0,
  removed: 0,
  startedByDay: new Map(),
  removedByDay: new Map(),
  startedByMonth: new Map(),
  pack: EMPTY_PACK,
  checkpoints: new Map(),
  watermark: 0,
  updatedAt: undefined,
  rebuild: undefined,
  lastCutoff: undefined,
  rebuilt: undefined,
  undo: undefined,
  lastUndo: undefined,
};
