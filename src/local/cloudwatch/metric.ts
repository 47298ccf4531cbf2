/** One minute in milliseconds: the finest resolution of the metrics. */
export const MINUTE_MS = 60_000;

/** A metric of CloudWatch: its namespace, name and dimensions identify it. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** One measured value of a metric. */
export interface Measurement extends Metric {
  readonly value: number;
  /** A unit of CloudWatch, such as `Count`; `None` without one. */
  readonly unit: string;
  /** Milliseconds since 1970. */
  readonly time: number;
}

/** A statistic of a metric, or the result of an expression, over one period. */
export interface DataPoint {
  /** When the period begins, in milliseconds since 1970. */
  readonly time: number;
  readonly value: number;
}

/**
 * The same text for equal metrics, whatever the order of their dimensions.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html#dimension-combinations
 */
export const metricKey = ({ namespace, name, dimensions }: Metric): string =>
  JSON.stringify([namespace, name, ...Object.entries(dimensions).sort(byName)]);

const byName = ([one]: [string, string], [other]: [string, string]): number =>
  one < other ? -1 : 1;
