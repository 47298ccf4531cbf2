import { waitUntilCounted } from '../../audit/until-counted.ts';
import { unmarkSession } from '../../tables/retract-session.ts';
import type { CommandContext } from '../command.ts';
import { CommandError } from '../command-error.ts';
import { countOf } from '../console/count-of.ts';
import type { UndoWork } from '../undo/undo-work.ts';

/**
 * Gives up the retract that is running in the counter: what is deleted stays taken back, and no other row stays
 * marked. Can be killed and run again. Throws a CommandError if none is running, an AuditError when the projector
 * does not keep up, and what the SDK throws.
 */
export const abortRetract = async (work: UndoWork, { console }: CommandContext): Promise<void> => {
  const { counter, target, store, readCounter, scan } = work;
  const { undo: retract } = await readCounter();
  if (retract?.kind !== 'retract')
    throw new CommandError(`No retract is running in the counter ${counter}`);
  let kept = 0;
  for await (const sessions of scan()) {
    for (const { hash, retracted } of sessions) {
      if (retracted !== retract.at) continue;
      const isUnmarked = await unmarkSession(target.client, target.sessionsTable, hash, retracted);
      if (isUnmarked) kept += 1;
    }
  }
  await waitUntilCounted(work, [counter]);
  await store.endUndo(retract.at);
  const { from, to } = retract;
  const text = `Gave up the retract of the counter ${counter} from ${from} to ${to}. ${countOf(kept, 'marked row')} kept.`;
  console.print(text, { counter, from, to, kept, isAborted: true });
};
