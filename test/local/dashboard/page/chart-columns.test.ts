import { describe, expect, it } from 'vitest';
import { columnsOf, findIsolated } from '../../../../src/local/dashboard/page/chart-columns.ts';

const series = (period: number, ...points: readonly [minute: number, value: number][]) => ({
  query: { kind: 'expression' as const, id: 'a', expression: '', period },
  points: points.map(([minute, value]) => ({ time: minute * 60_000, value })),
});

const minutesOf = (...all: Parameters<typeof columnsOf>[0]) => {
  const { times, values } = columnsOf(all);
  return { minutes: times.map((time) => time / 60_000), values };
};

describe('the columns of a chart', () => {
  it('have each point at its time', () => {
    expect(minutesOf(series(60, [1, 10], [2, 20]))).toEqual({
      ...{ minutes: [1, 2], values: [[10, 20]] },
    });
  });

  it('interrupt a line where a period has no value', () => {
    expect(minutesOf(series(60, [1, 10], [5, 50]))).toEqual({
      ...{ minutes: [1, 2, 5], values: [[10, null, 50]] },
    });
  });

  it('interrupt a line for all of a gap, at the times of another series, too', () => {
    const { values } = minutesOf(series(60, [1, 10], [5, 50]), series(60, [2, 7], [3, 7], [4, 7]));
    expect(values[0]).toEqual([10, null, null, null, 50]);
  });

  it('do not interrupt a line at the times of another series', () => {
    const { minutes, values } = minutesOf(series(300, [0, 1], [5, 2]), series(60, [2, 9], [3, 8]));
    expect(minutes).toEqual([0, 2, 3, 4, 5]);
    expect(values).toEqual([
      [1, undefined, undefined, undefined, 2],
      [undefined, 9, 8, null, null],
    ]);
  });

  it('are empty without points', () => {
    expect(minutesOf(series(60))).toEqual({ minutes: [], values: [[]] });
  });
});

it('finds the values that no line connects with another one', () => {
  expect(findIsolated([1, null, 2, 3, null, 4])).toEqual([0, 5]);
  expect(findIsolated([1, undefined, 2])).toEqual([]);
  expect(findIsolated([7])).toEqual([0]);
});
