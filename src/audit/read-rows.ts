import type { Counter } from '../domain/counter.ts';
import type { RowCounts } from '../domain/row-counts.ts';
import { type UntilCountedDependencies, waitUntilCounted } from './until-counted.ts';

export interface ReadRowsDependencies extends UntilCountedDependencies {
  /** The current counter, by a strongly consistent read. */
  readonly readCounter: () => Promise<Counter>;
  /** All rows, counted before and after a cutoff, epoch milliseconds. */
  readonly countRows: (cutoffMs: number) => Promise<RowCounts>;
}

/** All rows, and the counter before and after the scan. */
export interface RowsReading<Read extends Counter> {
  readonly before: Read;
  readonly rows: RowCounts;
  readonly after: Read;
}

/**
 * Scans all rows between two readings of the counter, during concurrent visits. The first reading
 * contains everything that happened before the scan, and the second everything that happened during it,
 * because each waits until the stream is counted. Throws an AuditError when the projector does not keep
 * up, and what its dependencies throw.
 */
export const readRows = async <Read extends Counter>(
  dependencies: ReadRowsDependencies,
  cutoffMs: number,
  readCounter: () => Promise<Read>,
): Promise<RowsReading<Read>> => {
  const readCounted = async (): Promise<Read> => {
    await waitUntilCounted(dependencies);
    return readCounter();
  };
  const before = await readCounted();
  const rows = await dependencies.countRows(cutoffMs);
  const after = await readCounted();
  return { before, rows, after };
};
