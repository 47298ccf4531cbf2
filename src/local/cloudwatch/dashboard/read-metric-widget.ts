import * as z from 'zod';
import { parseStrictly } from '../parsing/parse-strictly.ts';
import { checkQueries } from '../queries/answer-queries.ts';
import { PERIOD } from '../queries/schemas.ts';
import type { Axis, ChartWidget, Line, SingleValueWidget } from './dashboard.ts';
import { COLOR, METRIC_ROWS, readMetricRow } from './read-metric-row.ts';

const AXIS = z.strictObject({
  label: z.string().optional(),
  ...{ min: z.number().optional(), max: z.number().optional() },
  showUnits: z.boolean().default(true),
});

const LINE = z.strictObject({
  value: z.number(),
  label: z.string().optional(),
  color: COLOR.optional(),
  yAxis: z.enum(['left', 'right']).default('left'),
});

const SHARED = {
  title: z.string().optional(),
  // There is only one.
  region: z.string().optional(),
  metrics: METRIC_ROWS,
  liveData: z.boolean().default(false),
  ...{ period: PERIOD.default(300), stat: z.string().default('Average') },
};

const CHART = z.strictObject({
  ...SHARED,
  view: z.literal('timeSeries').default('timeSeries'),
  stacked: z.boolean().default(false),
  yAxis: z.strictObject({ left: AXIS.optional(), right: AXIS.optional() }).default({}),
  annotations: z.strictObject({ horizontal: z.array(LINE) }).default({ horizontal: [] }),
});

const SINGLE_VALUE = z.strictObject({
  ...SHARED,
  view: z.literal('singleValue'),
  singleValueFullPrecision: z.boolean().default(false),
});

/**
 * The chart or the single values of a metric widget. Throws a CloudWatchError that names `what` for a property, and
 * for a statistic or function, that it does not know.
 */
export const readMetricWidget = (
  what: string,
  properties: unknown,
): ChartWidget | SingleValueWidget =>
  hasView(properties, 'singleValue')
    ? readSingleValues(what, properties)
    : readChart(what, properties);

const hasView = (properties: unknown, view: string): boolean =>
  z.looseObject({ view: z.literal(view) }).safeParse(properties).success;

const readSingleValues = (what: string, properties: unknown): SingleValueWidget => {
  const parsed = parseStrictly(what, SINGLE_VALUE, properties);
  return {
    kind: 'singleValue',
    ...readShared(what, parsed),
    hasFullPrecision: parsed.singleValueFullPrecision,
  };
};

const readChart = (what: string, properties: unknown): ChartWidget => {
  const parsed = parseStrictly(what, CHART, properties);
  const { left, right } = parsed.yAxis;
  return {
    kind: 'chart',
    ...readShared(what, parsed),
    isStacked: parsed.stacked,
    axes: { left: readAxis(left), right: readAxis(right) },
    lines: parsed.annotations.horizontal.map(readLine),
  };
};

const readShared = (
  what: string,
  { title, metrics, liveData, period, stat }: z.output<typeof CHART | typeof SINGLE_VALUE>,
) => {
  const rows = metrics.map((row, i) => readMetricRow(what, row, { period, stat, id: `row${i}` }));
  checkQueries(rows.map(({ query }) => query));
  return { title, rows, isLive: liveData };
};

const readAxis = (axis: z.output<typeof AXIS> = { showUnits: true }): Axis => ({
  ...{ label: axis.label, min: axis.min, max: axis.max },
  showsUnits: axis.showUnits,
});

const readLine = ({ value, label, color, yAxis }: z.output<typeof LINE>): Line => ({
  ...{ value, label, color },
  side: yAxis,
});
