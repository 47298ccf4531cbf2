import { type DataPoint, type Metric, MINUTE_MS } from '../metric.ts';
import { type Aggregate, addAggregate, createAggregate } from './aggregate.ts';
import { findStatistic } from './statistic.ts';

/** A statistic of a metric over consecutive periods. */
export interface StatisticQuery {
  readonly metric: Metric;
  /** Such as `Sum` or `p99`. */
  readonly statistic: string;
  /** In seconds, a multiple of 60. */
  readonly period: number;
}

/** A range of time, in milliseconds since 1970. */
export interface Range {
  /** A whole minute; the first period begins here. */
  readonly start: number;
  /** Minutes that begin here or later are left out, even of the last period. */
  readonly end: number;
}

/**
 * The value of the statistic in each period of the range that has values, in order of time. Throws a CloudWatchError
 * for an unknown statistic.
 */
export const readStatistic = (
  minutes: ReadonlyMap<number, Aggregate>,
  { statistic, period }: StatisticQuery,
  { start, end }: Range,
): DataPoint[] => {
  const statisticOf = findStatistic(statistic);
  const points: DataPoint[] = [];
  for (let time = start; time < end; time += period * 1_000) {
    const aggregate = mergeMinutes(minutes, time, Math.min(end, time + period * 1_000));
    const value = aggregate.count > 0 ? statisticOf(aggregate) : undefined;
    if (value !== undefined) points.push({ time, value });
  }
  return points;
};

const mergeMinutes = (
  minutes: ReadonlyMap<number, Aggregate>,
  start: number,
  end: number,
): Aggregate => {
  const merged = createAggregate();
  for (let minute = start; minute < end; minute += MINUTE_MS) {
    const aggregate = minutes.get(minute);
    if (aggregate) addAggregate(merged, aggregate);
  }
  return merged;
};

/**
 * The first time at or after `time` at which CloudWatch begins a period of a graph. Periods are counted from 1970,
 * so that those of a day begin at midnight UTC.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
 */
export const alignUp = (time: number, period: number): number =>
  Math.ceil(time / (period * 1_000)) * period * 1_000;

/** The last time at or before `time` at which CloudWatch begins a period of a graph; see `alignUp`. */
export const alignDown = (time: number, period: number): number =>
  Math.floor(time / (period * 1_000)) * period * 1_000;
