import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { METRIC, METRIC_NAMESPACE, type MetricName, REASON_DIMENSION } from './metric-names.ts';

/** Numbers that were measured together, by the name of their metric. */
export type Measurements = Readonly<Partial<Record<MetricName, number>>>;

/** Emits numbers, all under the same reason when one is given; keeps nothing for the next call. */
export type Meter = (measurements: Measurements, reason?: string) => void;

/**
 * A meter of the counter `counterName`: one line of embedded metric format on standard output for
 * each call, which CloudWatch turns into metrics without a request or a permission. Without a name
 * nothing is emitted, as on one's own machine.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format.html
 */
export const createMeter = (counterName: string | undefined): Meter => {
  if (counterName === undefined) return () => undefined;
  const metrics = new Metrics({ namespace: METRIC_NAMESPACE, serviceName: counterName });
  return (measurements, reason) => {
    try {
      if (reason) metrics.addDimension(REASON_DIMENSION, reason);
      for (const [name, value] of Object.entries(measurements)) {
        metrics.addMetric(name, unitOf(name), value);
      }
      metrics.publishStoredMetrics();
    } finally {
      metrics.clearMetrics();
      metrics.clearDimensions();
    }
  };
};

const UNITS: Readonly<Record<string, (typeof MetricUnit)[keyof typeof MetricUnit]>> = {
  [METRIC.projectionLag]: MetricUnit.Seconds,
  [METRIC.counterItemBytes]: MetricUnit.Bytes,
};

const unitOf = (name: string) => UNITS[name] ?? MetricUnit.Count;
