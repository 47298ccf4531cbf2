import type uPlot from 'uplot';
import type { Side } from '../../cloudwatch/dashboard/dashboard.ts';
import { hasValues } from './chart-columns.ts';
import { readableColor } from './colors.ts';
import { formatCompactly, formatTick } from './format.ts';
import { drawLines } from './plot-lines.ts';
import type { PlotModel } from './plot-model.ts';
import { currentTheme } from './theme.ts';

const SYNC_KEY = 'dashboard';

/** The options of a plot whose data and ranges `model` returns, as they are at each drawing. */
export const plotOptions = (
  model: () => PlotModel,
  size: { readonly width: number; readonly height: number },
  onHover: (index: number | undefined) => void,
): uPlot.Options => ({
  ...size,
  padding: [10, 16, 0, 0],
  legend: { show: false },
  cursor: {
    ...{ y: false, drag: { x: false, y: false, setScale: false } },
    // Every chart shows the time over which the pointer is.
    sync: { key: SYNC_KEY, setSeries: false },
    points: { size: 6, width: 2, fill: () => currentTheme().background },
  },
  scales: { x: { time: true, range: () => model().timeRange }, ...valueScales(model) },
  axes: [timeAxis(), ...valueAxes(model)],
  series: [{}, ...model().series.map((_, index) => seriesOptions(model, index))],
  bands: bandsOf(model()),
  hooks: {
    drawAxes: [(plot) => drawLines(plot, model().lines)],
    setCursor: [({ cursor }) => onHover(cursor.idx ?? undefined)],
  },
});

const valueScales = (model: () => PlotModel): uPlot.Scales =>
  Object.fromEntries(
    model().sides.map((side) => [side, { range: () => model().valueRanges[side] }]),
  );

const axisLook = (): Partial<uPlot.Axis> => ({
  stroke: () => currentTheme().text,
  font: currentTheme().font,
  ticks: { show: false },
});

const timeAxis = (): uPlot.Axis => ({
  ...axisLook(),
  ...{ grid: { show: false }, size: 24, gap: 6, space: 64 },
  values: (_, seconds, _axis, _space, step) =>
    seconds.map((second) => formatTick(second * 1_000, step)),
});

const valueAxes = (model: () => PlotModel): uPlot.Axis[] =>
  model().sides.map((side: Side) => ({
    ...axisLook(),
    ...{ scale: side, side: side === 'left' ? 3 : 1, size: 46, gap: 6, space: 26 },
    grid: { show: side === model().sides[0], stroke: () => currentTheme().rule, width: 1 },
    values: (_, values) => values.map(formatCompactly),
    // Half a session does not exist.
    ...(model().areWhole && { incrs: WHOLE_STEPS }),
  }));

const WHOLE_STEPS = Array.from({ length: 16 }, (_, i) =>
  [1, 2, 5].map((factor) => factor * 10 ** i),
).flat();

const seriesOptions = (model: () => PlotModel, index: number): uPlot.Series => {
  const stroke = (): string =>
    readableColor(model().series[index]?.color ?? '', currentTheme().background);
  const isolated = (): number[] => [...(model().series[index]?.isolated ?? [])];
  const { isStacked } = model();
  return {
    ...{ scale: model().series[index]?.side ?? 'left', stroke, spanGaps: false },
    // A line on top of a stacked area would hide the areas that are empty below or above it.
    ...(isStacked ? { width: 0, fill: () => `${stroke()}cc` } : { width: 1.5 }),
    points: { show: true, size: 5, width: 0, fill: stroke, filter: isolated },
  };
};

// Between a top and the next one below that has values; the lowest is filled down to the axis.
const bandsOf = ({ isStacked, columns }: PlotModel): uPlot.Band[] => {
  const filled = columns.flatMap((column, index) => (hasValues(column) ? [index + 1] : []));
  const pairs = filled.slice(1).map((upper, i) => [upper, filled[i] ?? 0] as [number, number]);
  return isStacked ? pairs.map((series) => ({ series })) : [];
};
