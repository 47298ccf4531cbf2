import { type CounterSurvey, isCorrect, type Survey } from '../../audit/rebuild.ts';
import { isNoCorrection } from '../../domain/rebuild.ts';
import type { Paint } from '../console/console.ts';

/**
 * Formats the findings of a rebuild, and whether it has corrected the counters, as text. Of several counters it
 * shows those that need a correction.
 */
export const formatRebuild = (survey: Survey, isCorrected: boolean, paint: Paint): string => {
  const { counters } = survey;
  const shown = [...counters].filter(
    ([, { correction }]) => counters.size === 1 || !isNoCorrection(correction),
  );
  return [
    ...(counters.size === 1 ? [] : [`Compared             ${counters.size} counters`]),
    ...shown.flatMap(([name, found]) => [
      ...(counters.size === 1 ? [] : [`Counter ${name}`]),
      ...describeCounter(found, paint),
    ]),
    describeOutcome(survey, isCorrected),
  ].join('\n');
};

const describeCounter = (
  { correction, counter, missing, surplus, uncertainty }: CounterSurvey,
  paint: Paint,
): string[] => [
  `Missing in counter   ${missing}`,
  `Surplus in counter   ${surplus}`,
  `Total before         ${counter.total}`,
  `Total after          ${paint('bold', `${counter.total + correction.total}`)}`,
  `Removed after        ${counter.removed + correction.removed}`,
  `Possible error       ${uncertainty}`,
];

const describeOutcome = (survey: Survey, isCorrected: boolean): string => {
  const isOne = survey.counters.size === 1;
  if (isCorrect(survey)) {
    return isOne ? 'The counter agrees with the rows.' : 'All counters agree with the rows.';
  }
  if (isCorrected) {
    const what = isOne ? 'The counter is corrected.' : 'The counters are corrected.';
    return `${what} Both totals include visits counted in the meantime.`;
  }
  const whom = isOne ? 'the counter' : 'the counters';
  return `Nothing was changed. To correct ${whom}, run the command again with --yes.`;
};
