import { CloudWatchError } from '../cloudwatch/cloudwatch-error.ts';
import { type Metric, metricKey } from '../cloudwatch/metric.ts';
import type { Query } from '../cloudwatch/queries/query.ts';
import type { ObservedTemplate } from '../cloudwatch/template/read-template.ts';
import type { AwsOnlyMetric } from '../dashboard/dashboard-data.ts';
import { findSource } from './metric-sources.ts';

/** Each metric that an alarm or a widget of the template reads, once. */
export const listReadMetrics = ({ alarms, dashboards }: ObservedTemplate): Metric[] => {
  const ofAlarms = alarms.flatMap(({ queries }) => queries);
  const ofWidgets = dashboards
    .flatMap(({ widgets }) => widgets)
    .flatMap((widget) => ('rows' in widget ? widget.rows.map(({ query }) => query) : []));
  const metrics = [...ofAlarms, ...ofWidgets].flatMap(metricOf);
  return [...new Map(metrics.map((metric) => [metricKey(metric), metric])).values()];
};

const metricOf = (query: Query): Metric[] => (query.kind === 'metric' ? [query.metric] : []);

/**
 * The metrics of the template that only AWS emits, by namespace and name. Throws a CloudWatchError for a metric without
 * an entry in `METRIC_SOURCES`: its chart would be empty, and nobody would know why.
 */
export const listAwsOnlyMetrics = (template: ObservedTemplate): AwsOnlyMetric[] => {
  const sources = listReadMetrics(template).map((metric) => {
    const source = findSource(metric);
    if (source) return { ...source, namespace: metric.namespace };
    throw new CloudWatchError(
      `The template reads the metric ${metric.name} of ${metric.namespace}; expected one that the local run knows. ` +
        'Add it to METRIC_SOURCES.',
    );
  });
  const onAwsOnly = sources.filter(({ from }) => from === 'on AWS only');
  const byName = new Map(onAwsOnly.map((source) => [`${source.namespace} ${source.name}`, source]));
  return [...byName.values()].map(({ namespace, name, reason }) => ({ namespace, name, reason }));
};
