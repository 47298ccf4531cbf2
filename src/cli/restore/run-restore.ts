import { waitUntilCounted } from '../../audit/until-counted.ts';
import type { Counter } from '../../domain/counter.ts';
import { CommandError } from '../command-error.ts';
import { beginOrContinue } from '../undo/begin-undo.ts';
import type { NewUndo } from '../undo/find-obstacle.ts';
import { explainRefusal } from './explain-refusal.ts';
import { formatRestored } from './format-restore.ts';
import { restoreRows } from './restore-rows.ts';
import type { RestoreWork } from './restore-work.ts';
import { type RestoreSurvey, surveyRestore } from './survey-restore.ts';

/**
 * Brings the missing rows of the source back, ends once the projector has counted that, and returns what it found. Can be
 * killed at any point and run again: the counter holds the interval until the end, and each row is either missing or
 * back. Throws a CommandError when the restore must be wrong, or a rebuild or another retract or restore is running; an
 * AuditError when the projector does not keep up; and what the SDK throws.
 */
export const runRestore = async (work: RestoreWork): Promise<RestoreSurvey> => {
  const { counter, readCounter, kind, source, console } = work;
  const survey = await surveyRestore(work);
  await waitUntilCounted(work, [counter]);
  const before = await readCounter();
  const problem = explainRefusal(survey, before, work);
  if (problem !== undefined) throw new CommandError(`${problem}. Nothing was changed`);
  const states = survey.visits
    ? await restore(work, { kind, ...survey.visits }, before)
    : survey.states;
  const after = await readCounter();
  const { missing: restored, ...others } = states;
  console.print(formatRestored({ counter, ...survey, states, before, after }), {
    ...{ counter, source: source.name, kind, restored, ...others },
    ...{ rejected: survey.rejected, isRestored: true },
    total: { before: before.total, after: after.total },
    removed: { before: before.removed, after: after.removed },
  });
  return { ...survey, states };
};

const restore = async (
  work: RestoreWork,
  wanted: NewUndo,
  before: Counter,
): Promise<RestoreSurvey['states']> => {
  const readUnchanged = (): Promise<Counter> => readSince(before, work);
  const begun = await beginOrContinue({ ...work, readCounter: readUnchanged }, wanted);
  const states = await restoreRows(work, begun);
  await waitUntilCounted(work, [work.counter]);
  // False if another process has ended the same restore, or the answer to the first request was lost.
  await work.store.endUndo(begun.at);
  return states;
};

// What was checked holds no longer if another restore has lowered the number of removed rows since.
const readSince = async ({ lastUndo }: Counter, { readCounter }: RestoreWork): Promise<Counter> => {
  const now = await readCounter();
  if (now.undo || now.lastUndo === lastUndo) return now;
  throw new CommandError(
    'A retract or a restore of this counter ran while the source was read. Nothing was changed. Run the command again',
  );
};
