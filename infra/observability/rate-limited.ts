import { type Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { RefusalReason } from '../../src/domain/refusal-reason.ts';
import { METRIC, METRIC_NAMESPACE, REASON_DIMENSION } from '../../src/metrics/metric-names.ts';
import type { Functions } from '../functions.ts';
import { THROTTLED } from './throttled-requests.ts';

const RATE: RefusalReason = 'rate';

/** The lines in which a function emits how many visits it refused as `rate`. */
export const REFUSED_AS_RATE = {
  filterPattern: FilterPattern.stringValue(`$.${REASON_DIMENSION}`, '=', RATE),
  metricValue: `$.${METRIC.refused}`,
};

/**
 * The requests that the API throttled and the visits that were refused as `rate`, in one metric, so that one alarm
 * observes both: CloudWatch bills an alarm on an expression for each metric in it, and ten are free. While there are
 * none, there is no value and no cost.
 *
 * @see https://aws.amazon.com/cloudwatch/pricing/
 */
export const countRateLimited = (
  scope: Construct,
  { ingest, legacy }: Functions,
  accessLog: ILogGroup,
  counterName: string,
): Metric => {
  const parent = new Construct(scope, 'RateLimited');
  const metric = {
    metricNamespace: `${METRIC_NAMESPACE}/${counterName}`,
    metricName: 'RateLimited',
  };
  const refusing = { Ingest: ingest, ...(legacy && { Legacy: legacy }) };
  for (const [id, { logGroup }] of Object.entries(refusing)) {
    new MetricFilter(parent, id, { logGroup, ...metric, ...REFUSED_AS_RATE });
  }
  const ofApi = { logGroup: accessLog, ...metric, ...THROTTLED };
  return new MetricFilter(parent, 'Api', ofApi).metric({ statistic: Stats.SUM });
};
