import { waitUntilCounted } from '../../audit/until-counted.ts';
import type { Counter, RunningUndo } from '../../domain/counter.ts';
import { CommandError } from '../command-error.ts';
import { beginOrContinue } from '../undo/begin-undo.ts';
import { explainRefusal } from './explain-refusal.ts';
import { formatRestored, isComplete } from './format-restore.ts';
import { restoreRows } from './restore-rows.ts';
import type { RestoreWork } from './restore-work.ts';
import { type RestoreSurvey, surveyRestore } from './survey-restore.ts';

/**
 * Brings the missing rows of the source back, and ends once the projector has counted that. Returns whether no row was
 * refused. Can be killed at any point and run again: the counter holds the interval until the end, and each row is
 * either missing or back. Throws a CommandError when the restore must be wrong, or a rebuild or another retract or
 * restore is running; an AuditError when the projector does not keep up; and what the SDK throws.
 */
export const runRestore = async (work: RestoreWork): Promise<boolean> => {
  const { counter, readCounter, kind, source, store } = work;
  await waitUntilCounted(work, [counter]);
  const survey = await surveyRestore(work);
  const before = await readCounter();
  assertPlausible(survey, before, work);
  const states = survey.visits
    ? await restore(work, survey, await beginOrContinue(work, { kind, ...survey.visits }))
    : survey.states;
  await waitUntilCounted(work, [counter]);
  const { undo } = await readCounter();
  const after = await readCounter();
  return true;
};
