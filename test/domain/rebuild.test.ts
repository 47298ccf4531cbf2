import { describe, expect, it } from 'vitest';
import { type Counter, EMPTY_COUNTER } from '../../src/domain/counter.ts';
import { findCorrection, instantsOfRebuild } from '../../src/domain/rebuild.ts';

const CUT = '2026-11-24T12:00:00.000Z';
const counter = (total: number, parts: Partial<Counter> = {}): Counter => ({
  ...EMPTY_COUNTER,
  total,
  startedByDay: new Map([['2026-11-24', 10]]),
  rebuild: { cut: CUT, started: 0, removed: 0 },
  ...parts,
});
const correct = (rows: number[], before: Counter, after = before) =>
  findCorrection({ cut: CUT, rows, before, after });

it('reads the rows at the beginning of two days, and at the cut', () => {
  expect(instantsOfRebuild(CUT).map((ms) => new Date(ms).toISOString())).toEqual([
    '2026-11-23T00:00:00.000Z',
    '2026-11-24T00:00:00.000Z',
    CUT,
  ]);
});

describe('a correction', () => {
  it('is none when rows and counter agree', () => {
    expect(correct([90, 90, 100], counter(100))).toEqual({
      ...{ cut: CUT, drift: 0, uncertainty: 0 },
      driftByDay: new Map(),
    });
  });

  it.each([
    { what: 'in older days', rows: [93, 93, 103], drift: 3, byDay: [] },
    { what: 'in the running day', rows: [90, 90, 104], drift: 4, byDay: [['2026-11-24', 4]] },
    { what: 'yesterday', rows: [90, 92, 102], drift: 2, byDay: [['2026-11-23', 2]] },
    { what: 'by counting twice', rows: [90, 90, 95], drift: -5, byDay: [['2026-11-24', -5]] },
  ])('is what was lost $what', ({ rows, drift, byDay }) => {
    expect(correct(rows, counter(100))).toEqual({
      ...{ cut: CUT, drift, uncertainty: 0 },
      driftByDay: new Map(byDay as [string, number][]),
    });
  });

  it('leaves out what came since the cut, on both sides', () => {
    const rebuild = { cut: CUT, started: 7, removed: 2 };
    const startedByDay = new Map([['2026-11-24', 17]]);
    const removedByDay = new Map([['2026-11-24', 2]]);
    const after = counter(107, { removed: 2, rebuild, startedByDay, removedByDay });
    expect(correct([90, 90, 100], counter(100), after)).toMatchObject({ drift: 0, uncertainty: 0 });
    expect(correct([90, 90, 99], counter(100), after)).toMatchObject({ drift: -1, uncertainty: 0 });
  });

  it('is sure to the number of old rows that went meanwhile', () => {
    const after = counter(100, { removed: 3 });
    for (const rows of [97, 98, 100]) {
      expect(correct([90, 90, rows], counter(100), after)).toMatchObject({
        drift: 0,
        uncertainty: 3,
      });
    }
    expect(correct([90, 90, 95], counter(100), after)).toMatchObject({ drift: -2, uncertainty: 3 });
  });

  it('is sure as well of rows that went long before', () => {
    const held = counter(100, { removed: 40 });
    expect(correct([50, 50, 60], held)).toMatchObject({ drift: 0, uncertainty: 0 });
    expect(correct([50, 50, 61], held)).toMatchObject({ drift: 1, uncertainty: 0 });
  });

  it('compares with all of a counter that shows no rebuild', () => {
    const held = counter(100, { rebuild: undefined });
    expect(correct([90, 90, 101], held)).toMatchObject({ drift: 1, uncertainty: 0 });
  });
});
