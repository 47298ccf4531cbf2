import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { AlarmDescription } from './alarm-description.ts';
import { COUNTING_ALARMS } from './counting-alarms.ts';
import { SERVING_ALARMS } from './serving-alarms.ts';
import type { Sources } from './sources.ts';

/**
 * Every alarm. A counter has ten with one metric each: ten are free in an account, and each further one
 * costs 0.10 USD a month. So what another alarm shows anyway has none of its own. Errors of the projector,
 * and throttled writes of the counts table, show as `stream-behind`; throttled functions behind the API and
 * throttled writes of the sessions table as `api-errors`; a throttled reporter as `reporter-silent`; visits refused
 * as `rate` as `requests-throttled`, whose metric counts both.
 */
export const ALARMS: readonly AlarmDescription[] = [...COUNTING_ALARMS, ...SERVING_ALARMS];

/** The alarms of this counter. */
export const listAlarms = (sources: Sources): readonly AlarmDescription[] =>
  ALARMS.filter(({ applies }) => applies?.(sources) ?? true);

export interface AlarmsProps {
  readonly sources: Sources;
  /** The prefix of each alarm's name, which must be unique in the account and region. */
  readonly counterName: string;
  /** The address of an alarm's section of the runbook, or of what replaces the runbook, if anything. */
  readonly helpUrl: (alarmName: string) => string | undefined;
  readonly topic: ITopic | undefined;
}

/** Adds the alarms of the counter. The topic, if any, is notified when one goes off and when it ends. */
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
    alarmDescription: [why, whatToDo, helpUrl(name)].filter(Boolean).join(' '),
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
