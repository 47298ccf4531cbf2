import { describe, expect, it } from 'vitest';
import type { Side } from '../../../../src/local/cloudwatch/dashboard/dashboard.ts';
import { plotModel } from '../../../../src/local/dashboard/page/plot-model.ts';

const NOW = 600_000 + 31_000;
const FREE = { label: undefined, min: undefined, max: undefined, showsUnits: false };

type Widget = Parameters<typeof plotModel>[0];

const series = (points: readonly [minute: number, value: number][], side: Side = 'left') => ({
  ...{ label: 'a', color: undefined, side, metrics: [] },
  query: { kind: 'expression' as const, id: 'a', expression: '', period: 60 },
  points: points.map(([minute, value]) => ({ time: minute * 60_000, value })),
});

const modelOf = (widget: Partial<Widget>) =>
  plotModel(
    {
      ...{ kind: 'chart', x: 0, y: 0, width: 12, height: 6, title: 'a', isLive: false },
      ...{ isStacked: false, axes: { left: FREE, right: FREE }, lines: [], series: [] },
      ...widget,
    },
    { now: NOW, rangeMs: 600_000 },
  );

describe('a plot', () => {
  it('ends with the last whole minute, in seconds', () => {
    expect(modelOf({}).timeRange).toEqual([0, 600]);
  });

  it('has the colours of the palette where a series has none', () => {
    const widget = { series: [series([]), { ...series([]), color: '#123456' }, series([])] };
    const colors = modelOf(widget).series.map(({ color }) => color);
    expect(colors).toEqual(['#1f77b4', '#123456', '#2ca02c']);
  });

  it('shows its lines, whatever the values', () => {
    const line = { value: 100, label: 'maximum', color: undefined, side: 'left' as const };
    const model = modelOf({ series: [series([[1, 0]])], lines: [line] });
    expect(model.valueRanges.left).toEqual([-10, 110]);
  });

  it('shows the top of a stack', () => {
    const stacked = { isStacked: true, series: [series([[1, 4]]), series([[1, 6]])] };
    const axes = { left: { ...FREE, min: 0 }, right: FREE };
    expect(modelOf({ ...stacked, axes })).toMatchObject({
      ...{ columns: [[4], [10]], valueRanges: { left: [0, 11] } },
    });
  });

  it('has an axis on each side that is used, each with its own values', () => {
    const both = modelOf({ series: [series([[1, 1]]), series([[1, 1_000]], 'right')] });
    expect(both.sides).toEqual(['left', 'right']);
    expect(both.valueRanges).toEqual({ left: [0, 2], right: [999, 1_001] });
    expect(modelOf({}).sides).toEqual(['left']);
    expect(modelOf({ series: [series([], 'right')] }).sides).toEqual(['right']);
  });

  it('marks values without a neighbour, but in a stack only those beside no area', () => {
    const sparse = series([
      [1, 1],
      [5, 1],
    ]);
    const dense = series([
      [1, 1],
      [2, 1],
    ]);
    const isolatedTimesOf = (isStacked: boolean) => {
      const model = modelOf({ isStacked, series: [sparse, dense] });
      return model.series.map(({ isolated }) => isolated.map((i) => (model.times[i] ?? 0) / 60));
    };
    expect(isolatedTimesOf(false)).toEqual([[1, 5], []]);
    expect(isolatedTimesOf(true)).toEqual([[5], []]);
  });

  it('knows whether there are only integers', () => {
    expect(modelOf({ series: [series([[1, 2]])] }).areWhole).toBe(true);
    expect(modelOf({ series: [series([[1, 2.5]])] }).areWhole).toBe(false);
  });
});
