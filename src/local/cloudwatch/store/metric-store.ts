import { CloudWatchError } from '../cloudwatch-error.ts';
import { type DataPoint, type Measurement, type Metric, MINUTE_MS, metricKey } from '../metric.ts';
import { addAggregate, aggregateOf, createAggregate, type GrowingAggregate } from './aggregate.ts';
import { formatMinute, parseMinute } from './minute-line.ts';
import { type Range, readStatistic, type StatisticQuery } from './read-statistic.ts';

/**
 * How long a minute is kept, in milliseconds: 15 days, as long as CloudWatch keeps data with a period of a minute.
 * Unlike CloudWatch, the store does not keep sums over longer periods after that.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html#metrics-retention
 */
export const RETENTION_MS = 15 * 24 * 60 * MINUTE_MS;

/** The metrics of the last 15 days, in minutes. */
export interface MetricStore {
  /** Adds one measured value. Throws a CloudWatchError for a unit that differs from the metric's earlier values. */
  readonly put: (measurement: Measurement) => void;
  /** The statistic in each period of the range that has values, in order of time. */
  readonly read: (query: StatisticQuery, range: Range) => DataPoint[];
  /** Each metric that has values, with its unit. */
  readonly metrics: () => (Metric & { readonly unit: string })[];
  /** Drops the minutes that began more than `RETENTION_MS` before `now`. */
  readonly prune: (now: number) => void;
  /** A line of JSON for each minute, from which `load` restores an empty store. */
  readonly lines: () => string[];
  /** The lines of the minutes that changed since the last call; a later line of a minute replaces an earlier one. */
  readonly takeChanges: () => string[];
  /** Sets one minute of one metric to what a line says. Throws a CloudWatchError for an invalid line. */
  readonly load: (line: string) => void;
}

interface Stored {
  readonly metric: Metric;
  readonly unit: string;
  readonly minutes: Map<number, GrowingAggregate>;
  readonly changed: Set<number>;
}

/** An empty store. */
export const createMetricStore = (): MetricStore => {
  const stored = new Map<string, Stored>();
  return {
    put: ({ time, value, unit, namespace, name, dimensions }) => {
      const entry = entryOf(stored, { namespace, name, dimensions }, unit);
      const minute = Math.floor(time / MINUTE_MS) * MINUTE_MS;
      const aggregate = entry.minutes.get(minute) ?? createAggregate();
      addAggregate(aggregate, aggregateOf(value));
      entry.minutes.set(minute, aggregate);
      entry.changed.add(minute);
    },
    read: (query, range) =>
      readStatistic(stored.get(metricKey(query.metric))?.minutes ?? new Map(), query, range),
    metrics: () => [...stored.values()].map(({ metric, unit }) => ({ ...metric, unit })),
    prune: (now) => {
      for (const [key, entry] of stored) {
        dropBefore(entry, now - RETENTION_MS);
        if (entry.minutes.size === 0) stored.delete(key);
      }
    },
    lines: () => [...stored.values()].flatMap((entry) => linesOf(entry, entry.minutes.keys())),
    takeChanges: () => [...stored.values()].flatMap(takeChangesOf),
    load: (line) => {
      const { metric, unit, time, aggregate } = parseMinute(line);
      entryOf(stored, metric, unit).minutes.set(time, aggregate);
    },
  };
};

const entryOf = (stored: Map<string, Stored>, metric: Metric, unit: string): Stored => {
  const key = metricKey(metric);
  const entry = stored.get(key) ?? { metric, unit, minutes: new Map(), changed: new Set() };
  if (entry.unit !== unit) {
    // CloudWatch would keep both apart, and an alarm would observe only one of them.
    const expected = `expected ${entry.unit}, as before`;
    throw new CloudWatchError(`The metric ${key} has a value with the unit ${unit}; ${expected}.`);
  }
  stored.set(key, entry);
  return entry;
};

const dropBefore = ({ minutes, changed }: Stored, oldest: number): void => {
  for (const minute of minutes.keys()) {
    if (minute >= oldest) continue;
    minutes.delete(minute);
    changed.delete(minute);
  }
};

const takeChangesOf = (entry: Stored): string[] => {
  const lines = linesOf(entry, entry.changed);
  entry.changed.clear();
  return lines;
};

const linesOf = ({ metric, unit, minutes }: Stored, times: Iterable<number>): string[] =>
  [...times].flatMap((time) => {
    const aggregate = minutes.get(time);
    return aggregate ? [formatMinute({ metric, unit, time, aggregate })] : [];
  });
