import type { Survey } from '../../audit/rebuild.ts';
import { isNoCorrection } from '../../domain/rebuild.ts';
import type { Paint } from '../console/console.ts';

/** What a rebuild found, and whether the counter is corrected by it, as lines for a reader. */
export const formatRebuild = (survey: Survey, isCorrected: boolean, paint: Paint): string => {
  const { correction, counter, missing, surplus, uncertainty } = survey;
  return [
    `Sessions missing     ${missing}`,
    `Rows too many        ${surplus}`,
    `Total before         ${counter.total}`,
    `Total after          ${paint('bold', `${counter.total + correction.total}`)}`,
    `Removed after        ${counter.removed + correction.removed}`,
    `Possible error       ${uncertainty}`,
    describeEnd(survey, isCorrected),
  ].join('\n');
};

const describeEnd = ({ correction }: Survey, isCorrected: boolean): string => {
  if (isNoCorrection(correction)) return 'The counter agrees with the rows.';
  return isCorrected
    ? 'The counter is corrected. Visits since are counted in both numbers.'
    : 'Nothing has moved. To correct the counter, run it again with --yes.';
};
