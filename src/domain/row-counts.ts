import { type ByCounter, createByCounter, mapCounters } from './by-counter.ts';
import { addToDay, byUtcDay, dayNumber, sumDays, type UtcDay } from './utc-day.ts';

/** The session rows that one scan of the table found. */
export interface RowCounts {
  /** Rows whose first visit is before the cutoff, by its day. */
  readonly byDay: ReadonlyMap<UtcDay, number>;
  /** Rows without a readable first visit. */
  readonly undated: number;
  /** Rows whose first visit is on the cutoff's day, at or after the cutoff. */
  readonly sinceCutoff: number;
  /** Rows whose first visit is on a later day; a comparison ignores them. */
  readonly ahead: number;
}

/** A table without rows. */
export const NO_ROWS: RowCounts = { byDay: new Map(), undated: 0, sinceCutoff: 0, ahead: 0 };

/** The number of all rows. */
export const sumRows = ({ byDay, undated, sinceCutoff, ahead }: RowCounts): number =>
  sumDays(byDay) + undated + sinceCutoff + ahead;

/** An empty tally for a cutoff, epoch milliseconds. */
export const createRowTally = (cutoffMs: number): RowTally => {
  const byDayNumber = new Map<number, number>();
  const sums = { undated: 0, sinceCutoff: 0, ahead: 0 };
  return {
    add: (firstMs) => {
      if (firstMs === undefined) sums.undated += 1;
      else if (firstMs < cutoffMs) addToDay(byDayNumber, dayNumber(firstMs), 1);
      else if (dayNumber(firstMs) === dayNumber(cutoffMs)) sums.sinceCutoff += 1;
      else sums.ahead += 1;
    },
    counts: () => ({ byDay: byUtcDay(byDayNumber), ...sums }),
  };
};

/** An empty tally of the rows of each counter, for a cutoff, epoch milliseconds. */
export const createRowTallies = (cutoffMs: number): RowTallies => {
  const tallies = createByCounter(() => createRowTally(cutoffMs));
  return {
    add: (counter, firstMs) => tallies.of(counter).add(firstMs),
    counts: () => mapCounters(tallies.created, (tally) => tally.counts()),
  };
};

/** Counts the rows of several counters as they are read. */
export interface RowTallies {
  /** Adds a row of this counter by its first visit, as `RowTally` does. */
  readonly add: (counter: string, firstMs: number | undefined) => void;
  /** The rows of each counter that has any. */
  readonly counts: () => ByCounter<RowCounts>;
}

/** Counts rows as they are read. */
export interface RowTally {
  /** Adds a row by its first visit, epoch milliseconds; undefined when the row has no readable one. */
  readonly add: (firstMs: number | undefined) => void;
  readonly counts: () => RowCounts;
}
