import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { RefusalReason } from '../../src/domain/refusal-reason.ts';
import {
  COUNTER_DIMENSION,
  METRIC,
  METRIC_NAMESPACE,
  type MetricName,
  REASON_DIMENSION,
  WATCHED_DIMENSION,
} from '../../src/metrics/metric-names.ts';

const ONE_MINUTE = Duration.minutes(1);
const FIVE_MINUTES = Duration.minutes(5);

/** The metrics that the functions of one counter emit. */
export interface CounterMetrics {
  /** The number of events in each period, by default five minutes. */
  readonly count: (metricName: MetricName, period?: Duration) => Metric;
  /** The maximum of a level in each period, by default one minute. */
  readonly gauge: (metricName: MetricName, period?: Duration) => Metric;
  /** The number of visits refused for one reason, in five minutes. */
  readonly refused: (reason: RefusalReason) => Metric;
}

/**
 * The metrics of the deployment `name`, or those of `watched`, another counter in it than the site's, by the names
 * that the functions emit.
 */
export const counterMetrics = (name: string, watched?: string): CounterMetrics => {
  const dimensionsMap = {
    [COUNTER_DIMENSION]: name,
    ...(watched !== undefined && { [WATCHED_DIMENSION]: watched }),
  };
  const of = (metricName: MetricName, statistic: string, period: Duration) =>
    new Metric({ namespace: METRIC_NAMESPACE, metricName, dimensionsMap, statistic, period });
  const count = (metricName: MetricName, period = FIVE_MINUTES) =>
    of(metricName, Stats.SUM, period);
  return {
    count,
    gauge: (metricName, period = ONE_MINUTE) => of(metricName, Stats.MAXIMUM, period),
    refused: (reason) =>
      count(METRIC.refused).with({
        dimensionsMap: { ...dimensionsMap, [REASON_DIMENSION]: reason },
        label: reason,
      }),
  };
};

/** The age of the last record of each batch, in milliseconds; no value while the stream is idle. */
export const iteratorAge = (projector: IFunction, period = ONE_MINUTE): Metric =>
  projector.metric('IteratorAge', { statistic: Stats.MAXIMUM, period });

/** How often a metric was emitted, whatever its values; no value when it was not. */
export const measurements = (metric: Metric): Metric =>
  metric.with({ statistic: Stats.SAMPLE_COUNT });

/** Requests of one operation that a table or its index throttled, in part or in whole. */
export const throttledRequests = (table: ITable, operation: string): Metric =>
  new Metric({
    namespace: 'AWS/DynamoDB',
    metricName: 'ThrottledRequests',
    dimensionsMap: { TableName: table.tableName, Operation: operation },
    statistic: Stats.SUM,
    period: FIVE_MINUTES,
    label: operation,
  });

/** Consumed capacity units per second of a table or one of its indexes; the mean of each minute. */
export const unitsPerSecond = (
  table: ITable,
  kind: 'Read' | 'Write',
  indexName?: string,
): MathExpression => {
  const consumed = new Metric({
    namespace: 'AWS/DynamoDB',
    metricName: `Consumed${kind}CapacityUnits`,
    dimensionsMap: {
      TableName: table.tableName,
      ...(indexName && { GlobalSecondaryIndexName: indexName }),
    },
    statistic: Stats.SUM,
    period: ONE_MINUTE,
  });
  return new MathExpression({
    expression: 'consumed / PERIOD(consumed)',
    usingMetrics: { consumed },
    period: ONE_MINUTE,
    label: `${kind.toLowerCase()} units`,
  });
};
