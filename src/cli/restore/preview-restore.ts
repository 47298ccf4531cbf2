import { waitUntilCounted } from '../../audit/until-counted.ts';
import type { Counter } from '../../domain/counter.ts';
import { findObstacle } from '../undo/find-obstacle.ts';
import { explainRefusal } from './explain-refusal.ts';
import { formatRestorePreview } from './format-restore.ts';
import type { RestoreWork } from './restore-work.ts';
import { type RestoreSurvey, surveyRestore } from './survey-restore.ts';

/**
 * Shows what a restore would bring back, and returns what it found and why the restore would be refused. Changes
 * nothing. Throws an AuditError when the projector does not keep up, and what the source and the SDK throw.
 */
export const previewRestore = async (
  work: RestoreWork,
): Promise<RestoreSurvey & { readonly problem: string | undefined }> => {
  const { counter, kind, source, console, readCounter } = work;
  const survey = await surveyRestore(work);
  // Otherwise rows that were deleted just now would be more than were removed.
  await waitUntilCounted(work, [counter]);
  const now = await readCounter();
  const { states, rejected } = survey;
  const [restarted, returned] = kind === 'restore' ? [0, states.missing] : [states.missing, 0];
  const problem = explainObstacle(survey, now, work) ?? explainRefusal(survey, now, work);
  const found = {
    ...{ counter, source: source.name, rejected, running: now.undo, problem },
    total: { before: now.total, after: now.total + restarted },
    removed: { before: now.removed, after: now.removed - returned },
  };
  const text = formatRestorePreview({ ...found, states });
  console.print(text, { ...found, kind, ...states, isRestored: false });
  return { ...survey, problem };
};

const explainObstacle = (
  { visits }: RestoreSurvey,
  now: Counter,
  { kind, counter }: RestoreWork,
): string | undefined => {
  const obstacle = visits && findObstacle(now, { kind, ...visits }, counter);
  return obstacle && `${obstacle.what}. ${obstacle.remedy}`;
};
