import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { AlarmDescription } from './alarm-description.ts';
import { ALARMS } from './alarm-table.ts';
import type { Sources } from './sources.ts';

export interface AlarmsProps {
  readonly sources: Sources;
  /** Put before each alarm's name, which must be unique in the account. */
  readonly counterName: string;
  readonly runbookUrl: string;
  readonly topic: ITopic | undefined;
}

/** Makes every alarm of the table that applies. The topic, if any, hears both when one goes off and ends. */
export const addAlarms = (scope: Construct, props: AlarmsProps): Alarm[] => {
  const parent = new Construct(scope, 'Alarms');
  const applying = ALARMS.filter(({ applies }) => applies?.(props.sources) ?? true);
  return applying.map((description) => addAlarm(parent, description, props));
};

const addAlarm = (
  scope: Construct,
  { name, metric, threshold, why, whatToDo, ...rule }: AlarmDescription,
  { sources, counterName, runbookUrl, topic }: AlarmsProps,
): Alarm => {
  const alarm = new Alarm(scope, name, {
    alarmName: `${counterName}-${name}`,
    alarmDescription: `${why} ${whatToDo} ${runbookUrl}#${name}`,
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
