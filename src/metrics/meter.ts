import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import {
  METRIC,
  METRIC_NAMESPACE,
  type MetricName,
  REASON_DIMENSION,
  WATCHED_DIMENSION,
} from './metric-names.ts';

/** Values by metric name, emitted together. */
export type Measurements = Readonly<Partial<Record<MetricName, number>>>;

/** Properties of a line that are no dimensions: the log can be searched for them, and no metric is added. */
export type Properties = Readonly<Record<string, string>>;

/** Emits metrics, with `reason` as a dimension if given; keeps nothing for the next call. */
export type Meter = (measurements: Measurements, reason?: string, properties?: Properties) => void;

/**
 * A meter for the deployment `counterName`, or for `watched`, another counter in it than the site's, whose name
 * is a dimension. Each call writes one line of embedded metric format to standard
 * output, which CloudWatch turns into metrics, without a request or a permission. Without a name, as in
 * the local run, it emits nothing.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format.html
 */
export const createMeter = (counterName: string | undefined, watched?: string): Meter => {
  if (counterName === undefined) return () => undefined;
  const metrics = new Metrics({
    ...{ namespace: METRIC_NAMESPACE, serviceName: counterName },
    ...(watched !== undefined && { defaultDimensions: { [WATCHED_DIMENSION]: watched } }),
  });
  return (measurements, reason, properties = {}) => {
    try {
      if (reason) metrics.addDimension(REASON_DIMENSION, reason);
      for (const [name, value] of Object.entries(properties)) metrics.addMetadata(name, value);
      for (const [name, value] of Object.entries(measurements)) {
        metrics.addMetric(name, unitOf(name), value);
      }
      metrics.publishStoredMetrics();
    } finally {
      metrics.clearMetrics();
      metrics.clearDimensions();
      metrics.clearMetadata();
    }
  };
};

const UNITS: Readonly<Record<string, (typeof MetricUnit)[keyof typeof MetricUnit]>> = {
  [METRIC.counterItemBytes]: MetricUnit.Bytes,
};

const unitOf = (name: string) => UNITS[name] ?? MetricUnit.Count;
