import { type ByCounter, namesIn } from '../domain/by-counter.ts';
import { type Counter, EMPTY_COUNTER } from '../domain/counter.ts';
import { NO_ROWS, type RowCounts } from '../domain/row-counts.ts';
import { type UntilCountedDependencies, waitUntilCounted } from './until-counted.ts';

export interface ReadRowsDependencies extends UntilCountedDependencies {
  /** The current counters, each by a strongly consistent read. */
  readonly readCounters: () => Promise<ByCounter<Counter>>;
  /** All rows of these counters, and of any others, counted before and after a cutoff, epoch milliseconds. */
  readonly countRows: (cutoffMs: number) => Promise<ByCounter<RowCounts>>;
}

/** All rows of one counter, and the counter before and after the scan. */
export interface RowsReading {
  readonly before: Counter;
  readonly rows: RowCounts;
  readonly after: Counter;
}

/** All rows of all counters, and the counters before and after the scan. */
export interface AllReadings<Read extends Counter> {
  readonly before: ByCounter<Read>;
  readonly rows: ByCounter<RowCounts>;
  readonly after: ByCounter<Read>;
}

/**
 * Scans all rows once between two readings of the counters, during concurrent visits. For each counter, the
 * first reading contains everything that happened before the scan, and the second everything that happened
 * during it, because each waits until the stream is counted. A counter that first appears in the rows is only in
 * the second one. Throws an AuditError when the projector does not keep up, and what its dependencies throw.
 */
export const readRows = async <Read extends Counter>(
  dependencies: ReadRowsDependencies,
  cutoffMs: number,
  readCounters: () => Promise<ByCounter<Read>>,
): Promise<AllReadings<Read>> => {
  const readCounted = async (names: readonly string[]): Promise<ByCounter<Read>> => {
    await waitUntilCounted(dependencies, names);
    return readCounters();
  };
  const before = await readCounted([]);
  const rows = await dependencies.countRows(cutoffMs);
  const after = await readCounted([...rows.keys()]);
  return { before, rows, after };
};

/** The readings of each counter that has an item or rows. */
export const eachReading = (readings: AllReadings<Counter>): ByCounter<RowsReading> => {
  const { before, rows, after } = readings;
  return new Map(
    namesIn(before, rows, after).map((counter) => [counter, readingOf(counter, readings)]),
  );
};

/** The readings of one counter; without an item it is empty. */
export const readingOf = (
  counter: string,
  { before, rows, after }: AllReadings<Counter>,
): RowsReading => ({
  before: before.get(counter) ?? EMPTY_COUNTER,
  rows: rows.get(counter) ?? NO_ROWS,
  after: after.get(counter) ?? EMPTY_COUNTER,
});
