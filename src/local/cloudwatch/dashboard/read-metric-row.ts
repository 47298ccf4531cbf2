import * as z from 'zod';
import { CloudWatchError } from '../cloudwatch-error.ts';
import { parseStrictly } from '../parsing/parse-strictly.ts';
import type { Query } from '../queries/query.ts';
import { PERIOD, QUERY_ID } from '../queries/schemas.ts';
import type { MetricRow } from './dashboard.ts';

/** A color of a template, such as `#1f77b4`. */
export const COLOR = z.string().regex(/^#[0-9a-fA-F]{6}$/, 'expected a color such as #1f77b4');

// CloudWatch computes such a label from the data.
const LABEL = z.string().regex(/^(?!.*\$\{)/, 'a label with a placeholder is not supported');

const OPTIONS = z.strictObject({
  id: QUERY_ID.optional(),
  expression: z.string().optional(),
  label: LABEL.optional(),
  color: COLOR.optional(),
  stat: z.string().optional(),
  period: PERIOD.optional(),
  visible: z.boolean().default(true),
  yAxis: z.enum(['left', 'right']).default('left'),
  // There is only one.
  region: z.string().optional(),
});

/** The schema of the `metrics` of a widget: the parts of a metric, and options. */
export const METRIC_ROWS = z.array(z.array(z.unknown()).min(1)).min(1);

/** What a row has if its options do not say otherwise. */
export interface RowDefaults {
  readonly id: string;
  readonly period: number;
  readonly stat: string;
}

/**
 * A row of the metrics of the widget `what`: namespace, name, names and values of dimensions, and options; or only
 * the options of an expression. Throws a CloudWatchError for an unknown option, and for `.` and `...`, which refer
 * to the row before.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html#CloudWatch-Dashboard-Properties-Metrics-Array-Format
 */
export const readMetricRow = (
  what: string,
  row: readonly unknown[],
  defaults: RowDefaults,
): MetricRow => {
  const names = row.filter((part) => typeof part === 'string');
  const [given = {}, ...others] = row.filter((part) => typeof part !== 'string');
  const options = parseStrictly(`the options of a metric of ${what}`, OPTIONS, given);
  if (others.length > 0 || names.some((name) => /^\.+$/.test(name))) throw unknownRow(what, row);
  const query = readQuery(names, options, defaults);
  if (!query) throw unknownRow(what, row);
  return {
    query,
    label: options.label ?? (query.kind === 'metric' ? query.metric.name : query.expression),
    color: options.color,
    side: options.yAxis,
    isVisible: options.visible,
  };
};

const readQuery = (
  names: readonly string[],
  { expression, ...options }: z.output<typeof OPTIONS>,
  defaults: RowDefaults,
): Query | undefined => {
  const { id = defaults.id, period = defaults.period, stat = defaults.stat } = options;
  if (expression !== undefined) {
    return names.length === 0 ? { kind: 'expression', ...{ id, expression, period } } : undefined;
  }
  const [namespace, name, ...pairs] = names;
  if (namespace === undefined || name === undefined || pairs.length % 2 === 1) return undefined;
  const metric = { namespace, name, dimensions: readDimensions(pairs) };
  return { kind: 'metric', ...{ id, metric, statistic: stat, period } };
};

const readDimensions = (pairs: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    pairs.flatMap((name, i) => (i % 2 === 0 ? [[name, pairs[i + 1] as string]] : [])),
  );

const unknownRow = (what: string, row: readonly unknown[]): CloudWatchError =>
  new CloudWatchError(
    `The local CloudWatch cannot read the metric ${JSON.stringify(row)} of ${what}; expected ` +
      '[namespace, name, dimension, value, …, options] or [{ expression }].',
  );
