import type { AlarmRule } from './alarm-definition.ts';
import { breaches } from './comparison.ts';

const TREATMENTS: Readonly<Record<AlarmRule['missingData'], string>> = {
  breaching: 'count as breaching',
  ignore: 'are ignored',
  missing: 'count as missing',
  notBreaching: 'count as not breaching',
};

/**
 * Why an alarm has its state: how many of the data points that it evaluates breach, their values, and how many are
 * missing. `values` are those of the evaluation range, from the oldest to the newest.
 */
export const describeReason = (
  { comparison, threshold, evaluationPeriods, datapointsToAlarm, missingData }: AlarmRule,
  values: readonly (number | undefined)[],
): string => {
  const known = values.filter((value) => value !== undefined).slice(-evaluationPeriods);
  const breaching = known.filter((value) => breaches(value, comparison, threshold));
  const missing = evaluationPeriods - known.length;
  return [
    `${breaching.length} of ${evaluationPeriods} data points are ${comparison} ${threshold};`,
    `${datapointsToAlarm} would be an alarm.`,
    ...(known.length > 0 ? [`Values: ${known.join(', ')}.`] : []),
    ...(missing > 0 ? [`Missing: ${missing}, which ${TREATMENTS[missingData]}.`] : []),
  ].join(' ');
};
