import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Functions } from '../functions.ts';
import type { Throttle } from '../session-counter-props.ts';
import type { Tables } from '../tables.ts';
import type { CounterMetrics } from './metrics.ts';

/** All that is watched. */
export interface Sources {
  readonly metrics: CounterMetrics;
  readonly functions: Functions;
  readonly tables: Tables;
  readonly api: HttpApi;
  readonly throttle: Throttle;
  readonly isAuditDaily: boolean;
}
