import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { AlarmDescription } from './alarm-description.ts';
import { COUNTING_ALARMS } from './counting-alarms.ts';
import { SERVING_ALARMS } from './serving-alarms.ts';
import type { Sources } from './sources.ts';

/**
 * Every alarm. They look at 17 metrics, of which an account has 10 free; each further one costs
 * 0.10 USD a month. So a throttled query or reporter has no alarm of its own: the first shows as
 * an API error, the second as a silent reporter, and neither loses a visit.
 */
export const ALARMS: readonly AlarmDescription[] = [...COUNTING_ALARMS, ...SERVING_ALARMS];

/** The alarms of the counter that is watched. */
export const listAlarms = (sources: Sources): readonly AlarmDescription[] =>
  ALARMS.filter(({ applies }) => applies?.(sources) ?? true);

export interface AlarmsProps {
  readonly sources: Sources;
  /** Put before each alarm's name, which must be unique in the account. */
  readonly counterName: string;
  /** Where an alarm's own section of the runbook, or what stands for it, is read. */
  readonly helpUrl: (alarmName: string) => string;
  readonly topic: ITopic | undefined;
}

/** Makes every alarm that the counter has. The topic, if any, hears both when one goes off and ends. */
export const addAlarms = (scope: Construct, props: AlarmsProps): Alarm[] => {
  const parent = new Construct(scope, 'Alarms');
  return listAlarms(props.sources).map((description) => addAlarm(parent, description, props));
};

const addAlarm = (
  scope: Construct,
  { name, metric, threshold, why, whatToDo, ...rule }: AlarmDescription,
  { sources, counterName, helpUrl, topic }: AlarmsProps,
): Alarm => {
  const alarm = new Alarm(scope, name, {
    alarmName: `${counterName}-${name}`,
    alarmDescription: `${why} ${whatToDo} ${helpUrl(name)}`,
    metric: metric(sources),
    threshold: typeof threshold === 'number' ? threshold : threshold(sources),
    comparisonOperator: rule.comparison,
    datapointsToAlarm: rule.values,
    evaluationPeriods: rule.of,
    treatMissingData: rule.missing,
  });
  if (topic) {
    alarm.addAlarmAction(new SnsAction(topic));
    alarm.addOkAction(new SnsAction(topic));
  }
  return alarm;
};
