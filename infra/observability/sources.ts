import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Api } from '../api.ts';
import type { Functions } from '../functions.ts';
import { hasOtherCounters } from '../props/counters.ts';
import type { ResolvedProps } from '../props/resolve-props.ts';
import type { Throttle } from '../props/throttle.ts';
import type { Tables } from '../tables.ts';
import { type CounterMetrics, counterMetrics } from './metrics.ts';
import { countRateLimited } from './rate-limited.ts';

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

/** A counter with the parts that are observed. */
interface ObservedCounter extends Construct {
  readonly api: Api;
  readonly functions: Functions;
  readonly tables: Tables;
}

/** What alarms and dashboard observe of a counter with these props. Adds the metric of refusals by rate. */
export const listSources = (
  counter: ObservedCounter,
  refusedByThrottle: Metric,
  { name, watched, throttle, isAuditDaily, counters }: ResolvedProps,
): Sources => {
  const { api, functions, tables } = counter;
  return {
    ...{ functions, tables, throttle, isAuditDaily, api: api.http, accessLog: api.accessLog },
    metrics: counterMetrics(name),
    watched: new Map(watched.slice(1).map((one) => [one, counterMetrics(name, one)])),
    hasOtherCounters: hasOtherCounters(counters),
    refusedByThrottle,
    rateLimited: countRateLimited(counter, functions, api.accessLog, name),
  };
};
