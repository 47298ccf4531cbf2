import type { Counter } from './counter.ts';
import type { UtcDay } from './utc-day.ts';

/**
 * What an older counter had counted, of which only the number is left. No row proves it, so it is never part of the
 * total: nothing that counts, compares or corrects sessions knows it.
 */
export interface Baseline {
  /** From 1 to `MAX_BASELINE`. */
  readonly sessions: number;
  /** The day on which the older counter began, if it is known. */
  readonly since?: UtcDay;
}

/** The most sessions that a baseline may have: its sum with any total stays an exact number in JSON. */
export const MAX_BASELINE = 1_000_000_000_000;

/** A counter with its baseline, if it has one: what readers of the counts see. */
export interface ShownCounter extends Counter {
  readonly baseline?: Baseline | undefined;
}

/** The number of distinct sessions that readers see: the proven total plus the baseline. */
export const shownTotal = ({ total, baseline }: Pick<ShownCounter, 'total' | 'baseline'>): number =>
  total + (baseline?.sessions ?? 0);
