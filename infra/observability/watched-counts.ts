import { METRIC, type MetricName } from '../../src/metrics/metric-names.ts';
import type { Sources } from './sources.ts';
import { chartRow, type Row } from './widgets.ts';

/** The counts of the watched counters, except for that of the site; no row without them. */
export const watchedCounts: Row = ({ watched }) =>
  watched.size === 0
    ? []
    : chartRow(
        {
          title: 'Distinct sessions of watched counters',
          unit: 'sessions',
          metrics: gaugesOf(watched, METRIC.distinctSessions),
        },
        {
          title: 'Active sessions of watched counters',
          unit: 'sessions',
          metrics: gaugesOf(watched, METRIC.activeSessions),
        },
      );

const gaugesOf = (watched: Sources['watched'], metricName: MetricName) =>
  [...watched].map(([label, { gauge }]) => gauge(metricName).with({ label }));
