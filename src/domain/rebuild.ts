import { isSameDays } from './day-packing.ts';
import { type RowComparison, sumDifferences } from './row-comparison.ts';
import { DAY_MS, type UtcDay } from './utc-day.ts';

/** What a rebuild adds to the counter, in one write. */
export interface Correction {
  /** The cutoff of the rebuild that calculated it; ISO 8601 UTC. */
  readonly cutoff: string;
  readonly total: number;
  readonly removed: number;
  readonly startedByDay: ReadonlyMap<UtcDay, number>;
  readonly removedByDay: ReadonlyMap<UtcDay, number>;
}

/**
 * How to correct a counter that expects more rows than the table has.
 * - `add-removals`: removals were lost. This is the only possible cause in operation, because no record
 *   is counted twice.
 * - `lower-total`: the total itself was too high. Only for a known cause, such as a wrong correction.
 */
export type SurplusPolicy = 'add-removals' | 'lower-total';

/** The correction that makes the counter match the rows, day by day. */
export const planCorrection = (
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

/** Whether two corrections change the counter in the same way, regardless of their cutoffs. */
export const isSameCorrection = (a: Correction, b: Correction): boolean =>
  a.total === b.total &&
  a.removed === b.removed &&
  isSameDays(a.startedByDay, b.startedByDay) &&
  isSameDays(a.removedByDay, b.removedByDay);

/** Whether a correction changes nothing. */
export const isNoCorrection = ({ startedByDay, total, removed }: Correction): boolean =>
  // Two days may cancel out in the total; removed rows cannot, because they are never lowered.
  total === 0 && removed === 0 && startedByDay.size === 0;

/**
 * The latest `updatedAt` of the counter, ISO 8601 UTC, at which the rebuild of this cutoff may still end.
 * A later write may have dropped days that the rebuild compared.
 */
export const deadlineOfRebuild = (cutoff: string): string =>
  new Date(Date.parse(cutoff) + DAY_MS).toISOString();

/**
 * The writes of a rebuild, each atomic. They resolve to whether their condition held, and throw when
 * the outcome is unknown.
 */
export interface RebuildStore {
  /**
   * Begins a rebuild, unless one, a retract or a restore is running, or the most recent cutoff is not `lastCutoff`. So a
   * delayed or repeated request cannot begin the same rebuild a second time.
   */
  readonly beginRebuild: (cutoff: string, lastCutoff: string | undefined) => Promise<boolean>;
  /** Ends the rebuild of this cutoff without changing anything else. */
  readonly abortRebuild: (cutoff: string) => Promise<boolean>;
  /** Moves totals and days, and ends the rebuild, in one write; refused after `deadlineOfRebuild`. */
  readonly applyCorrection: (correction: Correction, at: string) => Promise<boolean>;
}

const positive = (numbers: readonly (readonly [UtcDay, number])[]): Map<UtcDay, number> =>
  new Map(numbers.filter(([, number]) => number > 0));
