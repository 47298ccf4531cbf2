import { type AlarmChange, type Alarms, createAlarms } from './alarms/alarms.ts';
import { type ShownWidget, showDashboard } from './dashboard/show-dashboard.ts';
import { readEmbeddedMetrics } from './logs/embedded-metrics.ts';
import type { Measurement } from './metric.ts';
import { createMetricStore, type MetricStore } from './store/metric-store.ts';
import type { ObservedTemplate } from './template/read-template.ts';

/** A line of a log group. */
export interface LogLine {
  readonly logGroupName: string;
  readonly line: string;
  /** When it was written, in milliseconds since 1970. */
  readonly time: number;
}

/** What an earlier run left. */
export interface EarlierRun {
  /** Its metrics, to which those of this run are added. */
  readonly store?: MetricStore;
  readonly alarmChanges?: readonly AlarmChange[];
}

/** CloudWatch for one template. */
export interface LocalCloudWatch {
  readonly store: MetricStore;
  readonly alarms: Alarms;
  /** Adds a value, as AWS does for the metrics of its services. */
  readonly put: (measurement: Measurement) => void;
  /**
   * Adds what a line has for metrics: its embedded metrics, and the values that the metric filters of its log group
   * find. Throws a CloudWatchError for a line that violates the embedded metric format.
   */
  readonly ingest: (line: LogLine) => void;
  /** Forgets what is too old, and evaluates the alarms; see `Alarms.evaluate`. To be called at least once a minute. */
  readonly tick: (now: number) => AlarmChange[];
  /** The widgets of the dashboard with that name, with their data; none if the template has no such dashboard. */
  readonly show: (dashboardName: string, now: number, rangeMs?: number) => ShownWidget[];
}

/** CloudWatch for a template. */
export const createLocalCloudWatch = (
  { alarms: definitions, dashboards, metricFilters }: ObservedTemplate,
  { store = createMetricStore(), alarmChanges = [] }: EarlierRun = {},
): LocalCloudWatch => {
  const alarms = createAlarms(definitions, store, alarmChanges);
  return {
    ...{ store, alarms, put: store.put },
    ingest: ({ logGroupName, line, time }) => {
      const filters = metricFilters.filter((filter) => filter.logGroupName === logGroupName);
      const filtered = filters.flatMap(({ measure }) => measure(line, time) ?? []);
      for (const measurement of [...readEmbeddedMetrics(line), ...filtered]) store.put(measurement);
    },
    tick: (now) => {
      store.prune(now);
      return alarms.evaluate(now);
    },
    show: (dashboardName, now, rangeMs) => {
      const source = { store, alarms: alarms.statuses(), now, ...(rangeMs && { rangeMs }) };
      return dashboards
        .filter(({ name }) => name === dashboardName)
        .flatMap((dashboard) => showDashboard(dashboard, source));
    },
  };
};
