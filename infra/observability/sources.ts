import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Functions } from '../functions.ts';
import type { Throttle } from '../props/throttle.ts';
import type { Tables } from '../tables.ts';
import type { CounterMetrics } from './metrics.ts';

/** Everything that alarms and dashboard observe. */
export interface Sources {
  readonly metrics: CounterMetrics;
  /** The metrics of each watched counter except for that of the site, by its name. */
  readonly watched: ReadonlyMap<string, CounterMetrics>;
  readonly functions: Functions;
  readonly tables: Tables;
  readonly api: HttpApi;
  readonly accessLog: LogGroup;
  /** Requests that the API throttled. */
  readonly refusedByThrottle: Metric;
  /** These, and the visits that were refused as `rate`. */
  readonly rateLimited: Metric;
  readonly throttle: Throttle;
  readonly isAuditDaily: boolean;
  /** Whether there are counters beside the site's. */
  readonly hasOtherCounters: boolean;
}
