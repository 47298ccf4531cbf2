import type { Counter, RunningUndo } from '../../domain/counter.ts';
import { commandOf } from '../../domain/undo.ts';
import { CommandError } from '../command-error.ts';

/**
 * Throws a CommandError if this retract or restore is no longer running, because a rebuild may begin as soon as it has
 * ended. Throws what `readCounter` throws.
 */
export const assertRunning = async (
  { kind, at }: RunningUndo,
  readCounter: () => Promise<Counter>,
): Promise<void> => {
  const { undo } = await readCounter();
  if (undo?.at === at) return;
  throw new CommandError(
    `Another process has ended this ${commandOf(kind)} or given it up. The counter is exact; run the command again to ` +
      'see what is left',
  );
};
