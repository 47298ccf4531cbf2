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
 * Creates a meter for the deployment `counterName`, or for `watched`, another counter in it than the site's, whose
 * name is a dimension. Without a name, the meter emits nothing.
 */
export type OpenMeter = (counterName: string | undefined, watched?: string) => Meter;

const meterWith =
  (publish: (metrics: Metrics) => void): OpenMeter =>
  (counterName, watched) => {
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
        publish(metrics);
      } finally {
        metrics.clearMetrics();
        metrics.clearDimensions();
        metrics.clearMetadata();
      }
    };
  };

/**
 * Opens a meter that writes one line of embedded metric format to standard output with each call. CloudWatch turns it
 * into metrics, without a request or a permission.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format.html
 */
export const createMeter = meterWith((metrics) => metrics.publishStoredMetrics());

/** The same, with another place for the lines, such as in the local run. Its calls throw what `write` throws. */
export const createMeterTo = (write: (line: string) => void): OpenMeter =>
  meterWith((metrics) => write(JSON.stringify(metrics.serializeMetrics())));

const UNITS: Readonly<Record<string, (typeof MetricUnit)[keyof typeof MetricUnit]>> = {
  [METRIC.counterItemBytes]: MetricUnit.Bytes,
};

const unitOf = (name: string) => UNITS[name] ?? MetricUnit.Count;
