import * as z from 'zod';
import { CloudWatchError } from '../cloudwatch-error.ts';
import type { Query } from '../queries/query.ts';
import { DIMENSIONS, PERIOD, QUERY_ID } from '../queries/schemas.ts';

const METRIC_STAT = z.strictObject({
  Metric: z.strictObject({
    Namespace: z.string(),
    MetricName: z.string(),
    Dimensions: DIMENSIONS,
  }),
  Period: PERIOD,
  Stat: z.string(),
});

const QUERY = z.strictObject({
  Id: QUERY_ID,
  Label: z.string().optional(),
  ReturnData: z.boolean().default(true),
  Expression: z.string().optional(),
  Period: PERIOD.optional(),
  MetricStat: METRIC_STAT.optional(),
});

/** The schema of the `Metrics` of an alarm on an expression. */
export const METRICS = z.array(QUERY).min(1);

type Metrics = z.output<typeof METRICS>;
type MetricStat = z.output<typeof METRIC_STAT>;

/** The queries of an alarm on an expression, the one that it observes first. Throws a CloudWatchError without one. */
export const readMetrics = (alarmName: string, metrics: Metrics): [Query, ...Query[]] => {
  const returned = metrics.filter(({ ReturnData }) => ReturnData);
  const others = metrics.filter(({ ReturnData }) => !ReturnData);
  const [observed] = returned;
  if (!observed || returned.length > 1) {
    const found = `${returned.length} of the alarm ${alarmName} have it`;
    throw new CloudWatchError(`Exactly one of the Metrics must have ReturnData; ${found}.`);
  }
  const toQuery = (one: Metrics[number]) => readQuery(alarmName, one, metrics);
  return [toQuery(observed), ...others.map(toQuery)];
};

const readQuery = (
  alarmName: string,
  { Id: id, Expression: expression, MetricStat, Period }: Metrics[number],
  metrics: Metrics,
): Query => {
  if (MetricStat && expression === undefined) return readMetricStat(id, MetricStat);
  // An expression has the period of its metrics, all of which must have the same.
  const period = Period ?? metrics.find((other) => other.MetricStat)?.MetricStat?.Period;
  if (!MetricStat && expression !== undefined && period !== undefined) {
    return { kind: 'expression', ...{ id, expression, period } };
  }
  throw new CloudWatchError(
    `${id} of the alarm ${alarmName} needs either Expression or MetricStat.`,
  );
};

const readMetricStat = (id: string, { Metric, Period, Stat }: MetricStat): Query => ({
  kind: 'metric',
  id,
  metric: { namespace: Metric.Namespace, name: Metric.MetricName, dimensions: Metric.Dimensions },
  ...{ statistic: Stat, period: Period },
});
