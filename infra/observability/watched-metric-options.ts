import type { MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { InvalidPropError } from '../props/invalid-prop-error.ts';

/** The options of a metric that each watched counter has. */
export interface WatchedMetricOptions extends MetricOptions {
  /**
   * The counter, one of those in `watch`.
   * @default 'site'
   */
  readonly counter?: string;
}

/**
 * The given one of the watched counters, the first of which is the site's; undefined for the site's. Throws an
 * InvalidPropError for another counter: its metric would have no value, and an alarm on it would never go off.
 */
export const findWatched = (
  counter: string | undefined,
  watched: readonly string[],
): string | undefined => {
  const [site, ...others] = watched;
  if (counter === undefined || counter === site) return undefined;
  if (others.includes(counter)) return counter;
  const expected = `one of the watched counters, ${watched.join(', ')}`;
  throw new InvalidPropError('counter', expected, counter);
};
