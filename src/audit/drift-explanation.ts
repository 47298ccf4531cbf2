import { type ByCounter, mapCounters } from '../domain/by-counter.ts';
import type { Counter } from '../domain/counter.ts';
import type { RowDrift } from '../domain/row-comparison.ts';

/** A reading of a counter, and the drift of its rows from it. */
export interface Comparison {
  readonly counter: Counter;
  readonly drift: RowDrift;
}

/**
 * For each counter that drifts the newer comparison, if what was counted since may explain the drift. The others keep
 * their comparison. Every record written after `settledMs`, epoch milliseconds, is later than the scan.
 */
export const withExplanations = (
  found: ByCounter<Comparison>,
  next: ByCounter<Comparison>,
  settledMs: number,
): ByCounter<Comparison> =>
  mapCounters(found, (was, counter) => {
    const is = next.get(counter) ?? was;
    return isDrift(was.drift) && mayExplain(was.counter, is.counter, settledMs) ? is : was;
  });

// What was counted between two readings may have happened before the end of the scan, so it may explain the
// drift. If every shard that moved was already past the scan, a newer reading only widens the range that hides
// a drift.
const mayExplain = (found: Counter, next: Counter, settledMs: number): boolean => {
  const moved = [...next.checkpoints]
    .map(([shard, { sequence }]) => ({ was: found.checkpoints.get(shard), sequence }))
    .filter(({ was, sequence }) => was?.sequence !== sequence);
  return moved.length === 0 || moved.some(({ was }) => (was?.at ?? 0) * 1_000 < settledMs);
};

const isDrift = ({ missing, surplus }: RowDrift): boolean => missing + surplus > 0;

/** Whether any counter drifts. */
export const hasDrift = (found: ByCounter<Comparison>): boolean =>
  [...found.values()].some(({ drift }) => isDrift(drift));
