import type { Survey } from '../../audit/rebuild.ts';
import { isNoCorrection } from '../../domain/rebuild.ts';
import type { Paint } from '../console/console.ts';

/** Formats the findings of a rebuild, and whether it has corrected the counter, as text. */
export const formatRebuild = (survey: Survey, isCorrected: boolean, paint: Paint): string => {
  const { correction, counter, missing, surplus, uncertainty } = survey;
  return [
    `Missing in counter   ${missing}`,
    `Surplus in counter   ${surplus}`,
    `Total before         ${counter.total}`,
    `Total after          ${paint('bold', `${counter.total + correction.total}`)}`,
    `Removed after        ${counter.removed + correction.removed}`,
    `Possible error       ${uncertainty}`,
    describeOutcome(survey, isCorrected),
  ].join('\n');
};

const describeOutcome = ({ correction }: Survey, isCorrected: boolean): string => {
  if (isNoCorrection(correction)) return 'The counter agrees with the rows.';
  return isCorrected
    ? 'The counter is corrected. Both totals include visits counted in the meantime.'
    : 'Nothing was changed. To correct the counter, run the command again with --yes.';
};
