import type { AlarmRule } from './alarm-definition.ts';

/** What one data point says about the alarm. */
export type Judgement = 'breaching' | 'missing' | 'notBreaching';

/** The state of an alarm. */
export type AlarmState = 'ALARM' | 'INSUFFICIENT_DATA' | 'OK';

/**
 * How many data points are retrieved for an alarm, in case that some are missing. CloudWatch documents no rule, but
 * one example: five for three.
 *
 * @see https://github.com/awsdocs/amazon-cloudwatch-user-guide/issues/102
 */
export const evaluationRange = (evaluationPeriods: number): number => evaluationPeriods + 2;

/**
 * The state of an alarm with these data points, from the oldest to the newest; undefined if it keeps the state that it
 * has. Data points that exist are used before missing ones are filled in.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export const judgeData = (
  points: readonly Judgement[],
  { evaluationPeriods, datapointsToAlarm, missingData }: AlarmRule,
): AlarmState | undefined => {
  const known = points.filter((point) => point !== 'missing').slice(-evaluationPeriods);
  const breaching = known.filter((point) => point === 'breaching').length;
  const filled = evaluationPeriods - known.length;
  if (breaching >= datapointsToAlarm) return 'ALARM';
  if (filled === 0 || missingData === 'notBreaching') return 'OK';
  if (missingData === 'breaching') return breaching + filled >= datapointsToAlarm ? 'ALARM' : 'OK';
  if (known.includes('notBreaching')) return 'OK';
  if (missingData === 'ignore') return undefined;
  return isOldBreach(points, datapointsToAlarm) ? 'ALARM' : 'INSUFFICIENT_DATA';
};

// An old breach without any later data point is an alarm; a new one may still be followed by data points that do not
// breach. AWS's text also calls `0 - X - -` an alarm, which its table and an experiment contradict:
// https://github.com/awsdocs/amazon-cloudwatch-user-guide/issues/129
const isOldBreach = (points: readonly Judgement[], datapointsToAlarm: number): boolean => {
  const oldest = points.indexOf('breaching');
  return oldest >= 0 && points.length - oldest >= datapointsToAlarm;
};
