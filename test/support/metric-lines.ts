/** A line of embedded metric format, as CloudWatch interprets it. */
export interface MetricLine {
  readonly namespace: string;
  /** The names of the dimensions, one list per set. */
  readonly dimensionSets: readonly (readonly string[])[];
  readonly dimensions: Readonly<Record<string, string>>;
  readonly metrics: Readonly<Record<string, number>>;
  readonly units: Readonly<Record<string, string>>;
}

interface EmbeddedMetrics {
  readonly _aws: {
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string; readonly Unit: string }[];
    }[];
  };
  readonly [key: string]: unknown;
}

/** The metric lines of `output`, as CloudWatch interprets them. */
export const readMetricLines = (output: string): MetricLine[] =>
  output
    .split('\n')
    .filter((line) => line.includes('"CloudWatchMetrics"'))
    .map((line) => readMetricLine(JSON.parse(line)));

const readMetricLine = (line: EmbeddedMetrics): MetricLine => {
  const [directive] = line._aws.CloudWatchMetrics;
  if (!directive) throw new Error('The line contains no metrics');
  const { Namespace, Dimensions, Metrics } = directive;
  const valuesOf = (names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, line[name]]));
  return {
    namespace: Namespace,
    dimensionSets: Dimensions,
    dimensions: valuesOf(Dimensions.flat()) as Record<string, string>,
    metrics: valuesOf(Metrics.map(({ Name }) => Name)) as Record<string, number>,
    units: Object.fromEntries(Metrics.map(({ Name, Unit }) => [Name, Unit])),
  };
};
