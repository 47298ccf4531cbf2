import type { ShownSeries } from '../../cloudwatch/dashboard/show-dashboard.ts';

/** A value; `null` ends a line, and `undefined` means that the series has no period there. */
export type Cell = number | null | undefined;

/** The points of several series over common times. */
export interface Columns {
  /** In milliseconds since 1970, ascending. */
  readonly times: readonly number[];
  /** One column for each series, as long as `times`. */
  readonly values: readonly (readonly Cell[])[];
}

type PointsAndPeriod = Pick<ShownSeries, 'points' | 'query'>;

/** The columns of a chart. A period without a value interrupts the line of its series, and of no other. */
export const columnsOf = (series: readonly PointsAndPeriod[]): Columns => {
  const cells = series.map(cellsOf);
  const last = Math.max(...series.map(({ points }) => points.at(-1)?.time ?? 0));
  const times = [...new Set(cells.flatMap((cell) => [...cell.keys()]))]
    .filter((time) => time <= last)
    .sort((a, b) => a - b);
  return { times, values: cells.map((cell) => extendGaps(times.map((time) => cell.get(time)))) };
};

// The times of other series in a gap belong to the gap.
const extendGaps = (column: readonly Cell[]): Cell[] => {
  let isInGap = false;
  return column.map((cell) => {
    if (cell === undefined) return isInGap ? null : undefined;
    isInGap = cell === null;
    return cell;
  });
};

// One missing period suffices to end a line.
const cellsOf = ({ points, query }: PointsAndPeriod): ReadonlyMap<number, Cell> => {
  const cells = new Map<number, Cell>(points.map(({ time, value }) => [time, value]));
  for (const { time } of points) {
    const end = time + query.period * 1_000;
    if (!cells.has(end)) cells.set(end, null);
  }
  return cells;
};

/** Whether a column has any value. */
export const hasValues = (values: readonly Cell[]): boolean =>
  values.some((value) => typeof value === 'number');

/** The indexes of values without a neighbour, which a line would not show. */
export const findIsolated = (values: readonly Cell[]): number[] => {
  const defined = values.flatMap((value, index) => (value === undefined ? [] : [index]));
  const isValue = (index: number | undefined): boolean =>
    index !== undefined && typeof values[index] === 'number';
  return defined.filter(
    (index, i) => isValue(index) && !isValue(defined[i - 1]) && !isValue(defined[i + 1]),
  );
};
