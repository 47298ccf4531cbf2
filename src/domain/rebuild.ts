import { type RowComparison, type RowDrift, sumDifferences } from './row-comparison.ts';
import { DAY_MS, type UtcDay } from './utc-day.ts';

/** By how much the counter is to move, in one write. */
export interface Correction {
  /** The cutoff of the rebuild that found it; ISO 8601 UTC. */
  readonly cutoff: string;
  readonly total: number;
  readonly removed: number;
  readonly startedByDay: ReadonlyMap<UtcDay, number>;
  readonly removedByDay: ReadonlyMap<UtcDay, number>;
}

/**
 * What to do where the counter has rows that the table has not.
 * - `add-removals`: removals were lost. No record is ever counted twice, so this is the truth.
 * - `lower-total`: the total itself was too high; for those who know why, such as a bad correction.
 */
export type SurplusPolicy = 'add-removals' | 'lower-total';

/** The correction that makes the counter agree with the rows, day by day. */
export const correctionOf = (
  cutoff: string,
  comparison: RowComparison,
  policy: SurplusPolicy,
): Correction => {
  const { missing, surplus } = sumDifferences(comparison);
  const rowsByDay = [...comparison.byDay].map(([day, { rows }]) => [day, rows] as const);
  const missingByDay = positive(rowsByDay);
  const surplusByDay = positive(rowsByDay.map(([day, rows]) => [day, -rows]));
  if (policy === 'add-removals') {
    const days = { startedByDay: missingByDay, removedByDay: surplusByDay };
    return { cutoff, total: missing, removed: surplus, ...days };
  }
  const startedByDay = new Map(rowsByDay.filter(([, rows]) => rows !== 0));
  return { cutoff, total: missing - surplus, removed: 0, startedByDay, removedByDay: new Map() };
};

/** Whether two corrections move the counter in the same way. */
export const isSameCorrection = (a: Correction, b: Correction): boolean =>
  a.total === b.total &&
  a.removed === b.removed &&
  isSameDays(a.startedByDay, b.startedByDay) &&
  isSameDays(a.removedByDay, b.removedByDay);

/** Whether a correction moves nothing. */
export const isNoCorrection = ({ startedByDay, total, removed }: Correction): boolean =>
  // Two days may cancel in the total. Of removed rows none is ever taken away.
  total === 0 && removed === 0 && startedByDay.size === 0;

/**
 * The last instant, ISO 8601 UTC, until which the counter may have counted when a rebuild ends: a
 * later write may have dropped the days that the rebuild looked at.
 */
export const deadlineOfRebuild = (cutoff: string): string =>
  new Date(Date.parse(cutoff) + DAY_MS).toISOString();

/** What a rebuild found. */
export interface RebuildFinding extends RowDrift {
  readonly correction: Correction;
}

const positive = (numbers: readonly (readonly [UtcDay, number])[]): Map<UtcDay, number> =>
  new Map(numbers.filter(([, number]) => number > 0));

const isSameDays = (a: ReadonlyMap<UtcDay, number>, b: ReadonlyMap<UtcDay, number>): boolean =>
  a.size === b.size && [...a].every(([day, number]) => b.get(day) === number);
