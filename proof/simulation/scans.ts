import type { ByCounter } from '../../src/domain/by-counter.ts';
import { createRowTallies, type RowCounts } from '../../src/domain/row-counts.ts';
import { counterOf } from './counters.ts';
import type { StreamModel } from './stream-model.ts';

/** A scan of the table, which reads some rows at a time. */
export interface Scan {
  /** Reads these rows, as far as they exist then. */
  readonly add: (rows: Iterable<number>) => void;
  readonly counts: () => ByCounter<RowCounts>;
}

/** A scan for the rows of these counters. */
export const createScan = (
  { rows }: StreamModel,
  counters: readonly string[],
  cutoffMs: number,
): Scan => {
  const tallies = createRowTallies(cutoffMs);
  return {
    add: (some) => {
      for (const row of some) {
        const counter = counterOf(row);
        if (rows.has(row) && counters.includes(counter)) tallies.add(counter, rows.get(row));
      }
    },
    counts: tallies.counts,
  };
};

/** All rows of these counters in a world in which nothing changes. */
export const countRowsOf = (
  model: StreamModel,
  counters: readonly string[],
  cutoffMs: number,
): ByCounter<RowCounts> => {
  const scan = createScan(model, counters, cutoffMs);
  scan.add(model.rows.keys());
  return scan.counts();
};
