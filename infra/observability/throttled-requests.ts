import { type Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, type LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { METRIC_NAMESPACE } from '../../src/metrics/metric-names.ts';

/**
 * The requests that the throttle of the API refused, counted in its access log: API Gateway answers
 * 429 by itself and has no metric for it. There is no value, and nothing to pay, while none is
 * refused. It tells that requests are refused, not how many: of "excessive" 429 errors API Gateway
 * "might not generate logs".
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
    // A string, as the format of the access log writes it.
    filterPattern: FilterPattern.stringValue('$.status', '=', '429'),
    // A dimension would have to stand in every line of the log, so the namespace names the counter.
    metricNamespace: `${METRIC_NAMESPACE}/${counterName}`,
    metricName: 'Throttled',
    metricValue: '1',
  }).metric({ statistic: Stats.SUM, label: '429' });
