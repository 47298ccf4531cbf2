import * as z from 'zod';
import type { Measurement } from '../metric.ts';
import { parseStrictly } from '../parsing/parse-strictly.ts';
import { parseFilterPattern } from './filter-pattern.ts';
import { readSelector } from './read-selector.ts';
import { UNITS } from './units.ts';

/** A metric filter of a log group. */
export interface MetricFilter {
  readonly logGroupName: string;
  readonly namespace: string;
  readonly name: string;
  /** The value that it finds in one line of the log, written at `time`, in milliseconds since 1970. */
  readonly measure: (line: string, time: number) => Measurement | undefined;
}

const CONSTANT = /^-?\d+(?:\.\d+)?$/;
const METRIC_VALUE = /^(?:-?\d+(?:\.\d+)?|\$(?:\.[\w-]+(?:\[\d+\])*)+)$/;

const SCHEMA = z.strictObject({
  FilterName: z.string().optional(),
  FilterPattern: z.string(),
  LogGroupName: z.string(),
  MetricTransformations: z.tuple([
    z.strictObject({
      MetricNamespace: z.string(),
      MetricName: z.string(),
      MetricValue: z
        .string()
        .regex(METRIC_VALUE, 'expected a number or a selector such as $.latency'),
      DefaultValue: z.number().optional(),
      Unit: z.enum(UNITS).default('None'),
    }),
  ]),
});

/**
 * The metric filter with the properties of an `AWS::Logs::MetricFilter`, whose references are resolved. A line that
 * matches has the metric value: a constant, or that of a member of the line; none if this is no number. A line that
 * does not match has the default value, if any. Throws a CloudWatchError for any property or pattern that it does not
 * know.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html
 */
export const readMetricFilter = (properties: unknown): MetricFilter => {
  const { FilterPattern, LogGroupName, MetricTransformations } = parseStrictly(
    'the properties of a metric filter',
    SCHEMA,
    properties,
  );
  const matches = parseFilterPattern(FilterPattern);
  const [{ MetricNamespace, MetricName, MetricValue, DefaultValue, Unit }] = MetricTransformations;
  const metric = { namespace: MetricNamespace, name: MetricName };
  return {
    logGroupName: LogGroupName,
    ...metric,
    measure: (line, time) => {
      const event = parseEvent(line);
      const value = matches(event) ? findValue(MetricValue, event) : DefaultValue;
      return value === undefined
        ? undefined
        : { ...metric, dimensions: {}, value, unit: Unit, time };
    },
  };
};

// A line that is not JSON matches no pattern for JSON.
const parseEvent = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};

const findValue = (metricValue: string, event: unknown): number | undefined => {
  if (CONSTANT.test(metricValue)) return Number(metricValue);
  const value = readSelector(metricValue, event);
  return typeof value === 'number' ? value : undefined;
};
