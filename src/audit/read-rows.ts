import type { Counter } from '../domain/counter.ts';
import type { RowCounts } from '../domain/row-counts.ts';
import { type UntilCountedDependencies, waitUntilCounted } from './until-counted.ts';

export interface ReadRowsDependencies extends UntilCountedDependencies {
  /** The counter as it is now, by a strongly consistent read. */
  readonly readCounter: () => Promise<Counter>;
  /** All rows, divided by a cutoff, epoch milliseconds. */
  readonly countRows: (cutoffMs: number) => Promise<RowCounts>;
}

/** All rows, and the counter before and after they were read. */
export interface RowsReading<Read extends Counter> {
  readonly before: Read;
  readonly rows: RowCounts;
  readonly after: Read;
}

/**
 * Reads all rows between two readings of the counter, while visits go on. What happened before the rows
 * were read is in the first reading, and what happened meanwhile in the second, since each waits until
 * the stream is counted. Throws an AuditError when the projector does not keep up, and what its
 * dependencies throw.
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
