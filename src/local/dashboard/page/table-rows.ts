import type { ShownSeries } from '../../cloudwatch/dashboard/show-dashboard.ts';

/** The values of all series in one period; undefined where a series has none. */
export interface TableRow {
  /** When the period begins, in milliseconds since 1970. */
  readonly time: number;
  readonly values: readonly (number | undefined)[];
}

/** A row for each time at which a series has a point, the newest first. */
export const tableRows = (series: readonly Pick<ShownSeries, 'points'>[]): TableRow[] => {
  const columns = series.map(
    ({ points }) => new Map(points.map(({ time, value }) => [time, value])),
  );
  const times = new Set(columns.flatMap((column) => [...column.keys()]));
  return [...times]
    .sort((a, b) => b - a)
    .map((time) => ({ time, values: columns.map((column) => column.get(time)) }));
};
