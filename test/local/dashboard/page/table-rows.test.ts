import { expect, it } from 'vitest';
import { tableRows } from '../../../../src/local/dashboard/page/table-rows.ts';

const series = (...points: readonly [time: number, value: number][]) => ({
  points: points.map(([time, value]) => ({ time, value })),
});

it('has a row for each time with a point, the newest first', () => {
  expect(tableRows([series([1, 10], [3, 30]), series([2, 0], [3, 33])])).toEqual([
    { time: 3, values: [30, 33] },
    { time: 2, values: [undefined, 0] },
    { time: 1, values: [10, undefined] },
  ]);
});

it('has no row without points', () => {
  expect(tableRows([series(), series()])).toEqual([]);
});
