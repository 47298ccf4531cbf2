import * as z from 'zod';
import { CloudWatchError } from '../cloudwatch-error.ts';
import { parseStrictly } from '../parsing/parse-strictly.ts';
import { checkQueries } from '../queries/answer-queries.ts';
import type { Query } from '../queries/query.ts';
import { DIMENSIONS, PERIOD } from '../queries/schemas.ts';
import type { AlarmDefinition, MissingData } from './alarm-definition.ts';
import { COMPARISONS } from './comparison.ts';
import { METRICS, readMetrics } from './read-metrics.ts';

const IGNORED = z.unknown().optional();

const SCHEMA = z.strictObject({
  AlarmName: z.string(),
  AlarmDescription: z.string().default(''),
  // What they notify does not exist here.
  ...{ AlarmActions: IGNORED, OKActions: IGNORED, InsufficientDataActions: IGNORED },
  ...{ ActionsEnabled: IGNORED, Tags: IGNORED },
  ComparisonOperator: z.enum(Object.keys(COMPARISONS) as (keyof typeof COMPARISONS)[]),
  Threshold: z.number(),
  EvaluationPeriods: z.int().positive(),
  DatapointsToAlarm: z.int().positive().optional(),
  TreatMissingData: z.enum(['breaching', 'ignore', 'missing', 'notBreaching']).optional(),
  ...{ Namespace: z.string().optional(), MetricName: z.string().optional() },
  ...{ Dimensions: DIMENSIONS, Period: PERIOD.optional() },
  ...{ Statistic: z.string().optional(), ExtendedStatistic: z.string().optional() },
  Metrics: METRICS.optional(),
});

type Properties = z.output<typeof SCHEMA>;

/**
 * The alarm with the properties of an `AWS::CloudWatch::Alarm`, whose references are resolved. Throws a
 * CloudWatchError for any property, statistic or function that it does not know.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html
 */
export const readAlarm = (properties: unknown): AlarmDefinition => {
  const parsed = parseStrictly('the properties of an alarm', SCHEMA, properties);
  const { AlarmName: name, EvaluationPeriods: evaluationPeriods } = parsed;
  const [observed, ...others] = readQueries(parsed);
  const queries = [observed, ...others];
  checkQueries(queries);
  const datapointsToAlarm = parsed.DatapointsToAlarm ?? evaluationPeriods;
  checkWindow(name, { evaluationPeriods, datapointsToAlarm, period: observed.period });
  return {
    name,
    description: parsed.AlarmDescription,
    ...{ observed, queries, evaluationPeriods, datapointsToAlarm },
    comparison: COMPARISONS[parsed.ComparisonOperator],
    threshold: parsed.Threshold,
    missingData: parsed.TreatMissingData ?? defaultTreatment(queries),
  };
};

const readQueries = (properties: Properties): [Query, ...Query[]] => {
  const { AlarmName, Metrics, Namespace, MetricName, Dimensions, Period } = properties;
  const { Statistic, ExtendedStatistic = Statistic } = properties;
  if (Metrics && Namespace === undefined && MetricName === undefined) {
    return readMetrics(AlarmName, Metrics);
  }
  if (Metrics || !Namespace || !MetricName || !Period || !ExtendedStatistic) {
    const metric = 'Namespace, MetricName, Period and Statistic';
    throw new CloudWatchError(`The alarm ${AlarmName} needs either Metrics or ${metric}.`);
  }
  const metric = { namespace: Namespace, name: MetricName, dimensions: Dimensions };
  return [{ kind: 'metric', id: 'm1', metric, statistic: ExtendedStatistic, period: Period }];
};

const DAY = 86_400;

interface Window {
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly period: number;
}

// CloudWatch evaluates alarms over more than a day once an hour, which is not done here.
const checkWindow = (
  name: string,
  { evaluationPeriods, datapointsToAlarm, period }: Window,
): void => {
  if (datapointsToAlarm > evaluationPeriods) {
    throw new CloudWatchError(`The alarm ${name} needs more data points than it evaluates.`);
  }
  if (evaluationPeriods * period > DAY) {
    throw new CloudWatchError(`The alarm ${name} evaluates more than a day; expected at most one.`);
  }
};

/**
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
const defaultTreatment = (queries: readonly Query[]): MissingData =>
  queries.some((query) => query.kind === 'metric' && query.metric.namespace === 'AWS/DynamoDB')
    ? 'ignore'
    : 'missing';
