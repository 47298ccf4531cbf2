import { inParallel } from '../../runtime/in-parallel.ts';

export interface WhileRunning {
  /** Throws if the retract or the restore is no longer running. */
  readonly assertRunning: () => Promise<void>;
  readonly rowsPerCheck: number;
  /** How many rows are worked on at once. */
  readonly atOnce: number;
}

/** The longest time that the writes between two checks may take at the rate of the options, in seconds. */
const CHECK_SECONDS = 5;
const MOST_ROWS_PER_CHECK = 200;

/**
 * How many rows to change between two checks whether a retract or a restore is still running, at this rate of write
 * units per second. Once it was given up, a rebuild may begin, so a slow one checks more often.
 */
export const rowsPerCheck = (unitsPerSecond: number, unitsPerRow: number): number =>
  Math.min(
    MOST_ROWS_PER_CHECK,
    Math.max(1, Math.floor((CHECK_SECONDS * unitsPerSecond) / unitsPerRow)),
  );

/**
 * The results of `work` for each row, as from `inParallel`, as long as the retract or the restore is running. Throws
 * what `assertRunning` and `work` throw.
 */
export const whileRunning = async <Row, Result>(
  rows: readonly Row[],
  options: WhileRunning,
  work: (row: Row) => Promise<Result>,
): Promise<Result[]> => {
  const results: Result[] = [];
  for (let start = 0; start < rows.length; start += options.rowsPerCheck) {
    await options.assertRunning();
    const some = rows.slice(start, start + options.rowsPerCheck);
    results.push(...(await inParallel(some, options.atOnce, work)));
  }
  return results;
};
