import { type Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, type LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { METRIC_NAMESPACE } from '../../src/metrics/metric-names.ts';

/** The lines of the access log about requests that the API throttled. */
export const THROTTLED = {
  // A string, as in the format of the access log.
  filterPattern: FilterPattern.stringValue('$.status', '=', '429'),
  metricValue: '1',
};

/**
 * The requests that the API throttled, counted in its access log, because API Gateway answers 429
 * itself and has no metric for it. While none is throttled, there is no value and no cost. It shows
 * that requests are throttled, not how many: API Gateway "might not generate logs" for "excessive" 429
 * errors.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-monitor.html
 */
export const countThrottledRequests = (
  scope: Construct,
  accessLog: LogGroup,
  counterName: string,
): Metric =>
  new MetricFilter(scope, 'Throttled', {
    logGroup: accessLog,
    ...THROTTLED,
    // A dimension would need a field in every line of the log, so the namespace names the counter.
    metricNamespace: `${METRIC_NAMESPACE}/${counterName}`,
    metricName: 'Throttled',
  }).metric({ statistic: Stats.SUM, label: '429' });
