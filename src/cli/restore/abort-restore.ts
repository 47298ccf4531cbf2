import { waitUntilCounted } from '../../audit/until-counted.ts';
import type { CommandContext } from '../command.ts';
import { CommandError } from '../command-error.ts';
import type { UndoWork } from '../undo/undo-work.ts';

/**
 * Gives up the restore that is running in the counter: the rows that are back stay, and count. Can be killed and run
 * again. Throws a CommandError if none is running, an AuditError when the projector does not keep up, and what the SDK
 * throws.
 */
export const abortRestore = async (
  work: UndoWork,
  { console }: Pick<CommandContext, 'console'>,
): Promise<void> => {
  const { counter, store, readCounter } = work;
  const { undo: restore } = await readCounter();
  if (restore === undefined || restore.kind === 'retract')
    throw new CommandError(`No restore is running in the counter ${counter}`);
  await waitUntilCounted(work, [counter]);
  await store.endUndo(restore.at);
  const { from, to } = restore;
  const text = `Gave up the restore of the counter ${counter} from ${from} to ${to}. The rows that are back stay.`;
  console.print(text, { counter, from, to, isAborted: true });
};
