import { type UntilCountedDependencies, waitUntilCounted } from '../../audit/until-counted.ts';
import { assertNoUndo } from '../../audit/without-undo.ts';
import { type Counter, EMPTY_COUNTER } from '../../domain/counter.ts';
import { CommandError } from '../command-error.ts';

export interface DropDependencies extends UntilCountedDependencies {
  /** The counter, by a strongly consistent read. */
  readonly readCounter: () => Promise<Counter>;
  /** Scans the table once, deletes the rows of the counter that it finds, and returns their number. */
  readonly deleteRows: () => Promise<number>;
  /** Sets all numbers of the counter to zero, if nothing was counted since this reading. */
  readonly empty: (before: Counter) => Promise<boolean>;
  readonly counter: string;
}

const MAX_PASSES = 5;
// An open shard never shows that it was read to its end. Without rows, total and removed are equal unless a
// deletion is still to be counted, or the counter has drifted.
const CONFIRM_AFTER_MS = 120_000;

/**
 * Deletes the rows of a counter and then empties it, once a whole scan found no row and everything until its end is
 * counted: so neither a row nor a record is left that the emptied counter does not know. Returns the number of
 * deleted rows. Can be killed at any point and run again. Throws a CommandError when visits keep arriving, an
 * AuditError when the projector does not keep up or a retract or a restore is running, and what its dependencies throw.
 */
export const dropCounter = async (dependencies: DropDependencies): Promise<number> => {
  const { readCounter, deleteRows, empty, sleep, counter } = dependencies;
  let deleted = 0;
  let isConfirmed = false;
  for (let pass = 0; pass < MAX_PASSES; pass += 1) {
    await waitUntilCounted(dependencies, [counter]);
    const before = await readCounter();
    assertNoUndo(new Map([[counter, before]]));
    const found = await deleteRows();
    deleted += found;
    await waitUntilCounted(dependencies, [counter]);
    if (found > 0) continue;
    if (before.total !== before.removed && !isConfirmed) {
      await sleep(CONFIRM_AFTER_MS);
      isConfirmed = true;
    } else if (before === EMPTY_COUNTER || (await empty(before))) return deleted;
  }
  throw new CommandError(
    `Visits of ${counter} keep arriving. Take its element off the pages, or take it, or the pattern that matches ` +
      `it, out of COUNTERS and deploy; then run the command again. ${deleted} rows were deleted; the counter is exact`,
  );
};
