import { addToDay, dayNumber, sumDays, type UtcDay, utcDay } from './utc-day.ts';

/** The session rows, as one reading of the table found them. */
export interface RowCounts {
  /** Rows of first visits before the cutoff, by their day. */
  readonly byDay: ReadonlyMap<UtcDay, number>;
  /** Rows that tell no first visit. */
  readonly undated: number;
  /** Rows of first visits at or after the cutoff, on its day. */
  readonly sinceCutoff: number;
  /** Rows of first visits on later days; a comparison leaves them out. */
  readonly ahead: number;
}

/** All rows together. */
export const sumRows = ({ byDay, undated, sinceCutoff, ahead }: RowCounts): number =>
  sumDays(byDay) + undated + sinceCutoff + ahead;

/** No row yet. */
export const createRowCounts = (cutoffMs: number): RowTally => {
  const byDay = new Map<UtcDay, number>();
  const sums = { undated: 0, sinceCutoff: 0, ahead: 0 };
  return {
    add: (firstMs) => {
      if (firstMs === undefined) sums.undated += 1;
      else if (firstMs < cutoffMs) addToDay(byDay, utcDay(firstMs), 1);
      else if (dayNumber(firstMs) === dayNumber(cutoffMs)) sums.sinceCutoff += 1;
      else sums.ahead += 1;
    },
    counts: () => ({ byDay, ...sums }),
  };
};

/** Counts rows as they are read. */
export interface RowTally {
  /** A row of this first visit, epoch milliseconds; undefined when it tells none. */
  readonly add: (firstMs: number | undefined) => void;
  readonly counts: () => RowCounts;
}
