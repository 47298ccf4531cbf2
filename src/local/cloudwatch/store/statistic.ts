import { CloudWatchError } from '../cloudwatch-error.ts';
import { type Aggregate, sizesOf } from './aggregate.ts';

/** The value of one statistic; undefined where CloudWatch has none. */
export type Statistic = (aggregate: Aggregate) => number | undefined;

const SIMPLE: Readonly<Record<string, Statistic>> = {
  Average: ({ sum, count }) => sum / count,
  Maximum: ({ max }) => max,
  Minimum: ({ min }) => min,
  SampleCount: ({ count }) => count,
  Sum: ({ sum }) => sum,
};

/**
 * The statistic with a name such as `Sum` or `p99.9`. A percentile is within 0.5 percent of the exact one. Throws a
 * CloudWatchError for every other name.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
 */
export const findStatistic = (name: string): Statistic => {
  const statistic = Object.hasOwn(SIMPLE, name) ? SIMPLE[name] : parsePercentile(name);
  if (statistic) return statistic;
  const known = [...Object.keys(SIMPLE), 'p0 to p100'].join(', ');
  throw new CloudWatchError(`The statistic ${name} is unknown; expected one of ${known}.`);
};

const parsePercentile = (name: string): Statistic | undefined => {
  const digits = /^p(\d{1,3}(?:\.\d{1,10})?)$/.exec(name)?.[1];
  return digits === undefined || Number(digits) > 100
    ? undefined
    : (aggregate) => percentile(aggregate, Number(digits));
};

// CloudWatch has no percentiles of a metric with negative values.
const percentile = (aggregate: Aggregate, percent: number): number | undefined =>
  aggregate.min < 0 ? undefined : nearestRank(aggregate, percent);

const nearestRank = (aggregate: Aggregate, percent: number): number => {
  const { count, min, max } = aggregate;
  const rank = Math.max(1, Math.ceil((percent / 100) * count));
  let seen = 0;
  for (const [size, times] of [...sizesOf(aggregate)].sort(([one], [other]) => one - other)) {
    seen += times;
    // The smallest and the largest value are known exactly.
    if (seen >= rank) return rank === count ? max : Math.min(Math.max(size, min), max);
  }
  return max;
};
