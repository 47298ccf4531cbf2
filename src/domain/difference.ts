import type { SessionCounts } from './counter.ts';

/** The difference between the rows of one day and the counter. */
export interface Difference {
  /** Positive: the counter lacks sessions. Negative: it lacks removals. */
  readonly rows: number;
  /** Possible error: rows that were added or deleted during the scan. */
  readonly uncertainty: number;
}

/**
 * The difference between `rows`, read between two readings of the counter, and the counter. Between them each number
 * may have risen or fallen, but not both: a rebuild or a retract lowers `started`, and a restore `removed`.
 */
export const differenceOf = (
  rows: number,
  before: SessionCounts,
  after: SessionCounts,
): Difference => {
  // Fewest: every deletion seen and no insert. Most: every insert seen and no deletion.
  const least = Math.min(before.started, after.started) - Math.max(before.removed, after.removed);
  const most = Math.max(before.started, after.started) - Math.min(before.removed, after.removed);
  return { rows: rows - Math.min(Math.max(rows, least), most), uncertainty: most - least };
};

/** All of a difference as a possible error, because a number may have risen and fallen between the readings. */
export const asUncertain = ({ rows, uncertainty }: Difference): Difference => ({
  rows: 0,
  uncertainty: uncertainty + Math.abs(rows),
});
