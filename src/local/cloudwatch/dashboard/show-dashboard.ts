import type { AlarmStatus } from '../alarms/alarms.ts';
import { CloudWatchError } from '../cloudwatch-error.ts';
import { type DataPoint, type Metric, MINUTE_MS } from '../metric.ts';
import { answerQuery } from '../queries/answer-queries.ts';
import type { Query } from '../queries/query.ts';
import type { MetricStore } from '../store/metric-store.ts';
import { alignDown, alignUp } from '../store/read-statistic.ts';
import type {
  AlarmWidget,
  ChartWidget,
  Dashboard,
  MetricRow,
  MetricWidget,
  Place,
  SingleValueWidget,
  TextWidget,
  Widget,
} from './dashboard.ts';

/** A visible row of a widget with its data. */
export interface ShownSeries extends Pick<MetricRow, 'color' | 'label' | 'side'> {
  readonly query: Query;
  /** The metrics from which the points come: those of an expression, too. */
  readonly metrics: readonly Metric[];
  readonly points: readonly DataPoint[];
}

type Shown<Kind extends MetricWidget> = Omit<Kind, 'rows'> & {
  readonly series: readonly ShownSeries[];
};

type ShownAlarms = Omit<AlarmWidget, 'alarmNames'> & { readonly alarms: readonly AlarmStatus[] };

/** A widget with everything that is drawn of it. */
export type ShownWidget = Place &
  (Shown<ChartWidget> | Shown<SingleValueWidget> | TextWidget | ShownAlarms);

export interface DashboardSource {
  readonly store: Pick<MetricStore, 'read'>;
  readonly alarms: readonly AlarmStatus[];
  /** Milliseconds since 1970. */
  readonly now: number;
  /** How much of the past is shown, in milliseconds; by default as much as the dashboard says. */
  readonly rangeMs?: number;
}

/**
 * The widgets of a dashboard with their data. The value of a single value is that of the last point. The series of a
 * chart has the periods that begin in the range, at multiples of their length in UTC. That of a single value also has
 * the one in which the range begins, because CloudWatch shows the most recent value: that of a day, with live data, at
 * any time of that day. AWS documents nothing else about a period that is longer than the range. Throws a
 * CloudWatchError for an alarm that does not exist.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-live-data.html
 */
export const showDashboard = (dashboard: Dashboard, source: DashboardSource): ShownWidget[] => {
  const range = { rangeMs: dashboard.rangeMs, ...source };
  return dashboard.widgets.map((widget) => showWidget(widget, range));
};

const showWidget = (widget: Widget, source: Required<DashboardSource>): ShownWidget => {
  if (widget.kind === 'text') return widget;
  if (widget.kind === 'alarm') {
    const { alarmNames, ...rest } = widget;
    return { ...rest, alarms: alarmNames.map((name) => findAlarm(name, source.alarms)) };
  }
  const { rows, ...rest } = widget;
  return { ...rest, series: showRows(widget, source) };
};

const findAlarm = (name: string, alarms: readonly AlarmStatus[]): AlarmStatus => {
  const found = alarms.find(({ definition }) => definition.name === name);
  if (found) return found;
  throw new CloudWatchError(`The dashboard shows the alarm ${name}, which does not exist.`);
};

const showRows = (
  { kind, rows, isLive }: ChartWidget | SingleValueWidget,
  { store, now, rangeMs }: Required<DashboardSource>,
): ShownSeries[] => {
  const queries = rows.map(({ query }) => query);
  const end = isLive ? now : Math.floor(now / MINUTE_MS) * MINUTE_MS;
  const align = kind === 'singleValue' ? alignDown : alignUp;
  const rangeOf = (period: number) => ({ start: align(now - rangeMs, period), end });
  return rows
    .filter(({ isVisible }) => isVisible)
    .map(({ query, label, color, side }) => {
      const metrics: Metric[] = [];
      const points = answerQuery(query, queries, { store: recordReads(store, metrics), rangeOf });
      return { ...{ query, label, color, side }, metrics, points };
    });
};

const recordReads = (
  { read }: DashboardSource['store'],
  metrics: Metric[],
): DashboardSource['store'] => ({
  read: (query, range) => {
    metrics.push(query.metric);
    return read(query, range);
  },
});
