import type { Line, Side } from '../../cloudwatch/dashboard/dashboard.ts';
import type { ShownDashboard } from '../dashboard-data.ts';
import { type Cell, columnsOf, findIsolated } from './chart-columns.ts';
import { paletteColor } from './colors.ts';
import { stackColumns } from './stack.ts';
import { valueRange } from './value-range.ts';
import type { WidgetOfKind } from './widget-of-kind.ts';

const MINUTE_MS = 60_000;

/** A series of a plot. */
export interface PlotSeries {
  readonly color: string;
  readonly side: Side;
  /** The indexes of values without a neighbour, which are drawn as points. */
  readonly isolated: readonly number[];
}

/** What a plot draws. */
export interface PlotModel {
  /** In seconds since 1970, as uPlot has them. */
  readonly times: readonly number[];
  /** What is drawn of each series: the tops if it is stacked. */
  readonly columns: readonly (readonly Cell[])[];
  readonly series: readonly PlotSeries[];
  readonly lines: readonly Line[];
  readonly isStacked: boolean;
  /** Whether all values are integers. */
  readonly areWhole: boolean;
  /** The sides that have an axis. */
  readonly sides: readonly Side[];
  /** In seconds since 1970. */
  readonly timeRange: [number, number];
  readonly valueRanges: Readonly<Record<Side, [number, number]>>;
}

type ChartWidget = WidgetOfKind<'chart'>;

/** What the plot of a chart draws. */
export const plotModel = (
  widget: ChartWidget,
  { now, rangeMs }: Pick<ShownDashboard, 'now' | 'rangeMs'>,
): PlotModel => {
  const { series, lines, isStacked } = widget;
  const { times, values } = columnsOf(series);
  const columns = isStacked ? stackColumns(values) : values;
  const end = Math.floor(now / MINUTE_MS) * MINUTE_MS;
  return {
    ...{ times: times.map((time) => time / 1_000), columns, lines, isStacked },
    series: series.map(({ color, side }, i) => ({
      ...{ color: color ?? paletteColor(i), side },
      isolated: findIsolated(columns[i] ?? []).filter(
        (row) => typeof values[i]?.[row] === 'number',
      ),
    })),
    areWhole: series.every(({ points }) => points.every(({ value }) => Number.isInteger(value))),
    sides: sidesOf(widget),
    timeRange: [(end - rangeMs) / 1_000, end / 1_000],
    valueRanges: {
      left: rangeOf(widget, 'left', columns),
      right: rangeOf(widget, 'right', columns),
    },
  };
};

const sidesOf = ({ series, lines }: ChartWidget): Side[] => {
  const used = new Set([...series, ...lines].map(({ side }) => side));
  return used.has('right') ? [...(used.has('left') ? ['left' as const] : []), 'right'] : ['left'];
};

const rangeOf = (
  { series, lines, axes }: ChartWidget,
  side: Side,
  columns: readonly (readonly Cell[])[],
): [number, number] => {
  const drawn = columns.filter((_, i) => series[i]?.side === side).flat();
  const marked = lines.filter((line) => line.side === side).map(({ value }) => value);
  const values = [...drawn.filter((value) => typeof value === 'number'), ...marked];
  return valueRange(values, axes[side]);
};
