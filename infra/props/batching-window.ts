import type { DurationProp } from './whole-number.ts';

/**
 * How long Lambda may gather stream records before it calls the projector. AWS takes up to 5 minutes;
 * the alarm stream-behind goes off after 10.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html
 */
export const BATCHING_WINDOW = {
  prop: 'batchingWindow',
  unit: 'seconds',
  default: 1,
  min: 0,
  max: 300,
} as const satisfies DurationProp;
