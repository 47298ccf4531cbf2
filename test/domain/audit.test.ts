import { describe, expect, it } from 'vitest';
import { auditCut, findDrift, findDriftNow, rowsBefore, rowsIn } from '../../src/domain/audit.ts';
import { type Counter, EMPTY_COUNTER } from '../../src/domain/counter.ts';

const CUT = '2026-11-23';
const counter = (parts: Partial<Counter>): Counter => ({ ...EMPTY_COUNTER, ...parts });

describe('the cut of an audit', () => {
  it.each([
    { now: '2026-11-23T18:00:00Z', cut: '2026-11-23' },
    { now: '2026-11-23T06:00:00Z', cut: '2026-11-23' },
    { now: '2026-11-23T05:59:59.999Z', cut: '2026-11-22' },
    { now: '2027-01-01T00:00:00Z', cut: '2026-12-31' },
  ])('at $now is $cut: what is younger than six hours need not be counted yet', ({ now, cut }) => {
    expect(auditCut(Date.parse(now))).toBe(cut);
  });
});

describe('the rows before the cut', () => {
  it('leave out the sessions of later days', () => {
    const startedByDay = new Map([
      ['2026-11-22', 5],
      ['2026-11-23', 3],
      ['2026-11-24', 1],
    ]);
    expect(rowsBefore(CUT, counter({ total: 20, startedByDay }))).toBe(16);
  });

  it('leave out removed rows, once, whenever they started', () => {
    const held = counter({
      ...{ total: 20, removed: 6 },
      startedByDay: new Map([[CUT, 4]]),
      removedByDay: new Map([
        [CUT, 2],
        ['2026-11-22', 1],
      ]),
    });
    expect(rowsBefore(CUT, held)).toBe(12);
  });
});

describe('the drift', () => {
  const quiet = counter({ total: 10 });
  const driftOf = (rows: number, before = quiet, after = before) =>
    findDrift({ cut: CUT, rows, before, after });

  it('is 0 when the rows are what the counter says', () => {
    expect(driftOf(10)).toEqual({ drift: 0, uncertainty: 0 });
  });

  it('is above 0 when visits were lost, below when some were counted twice', () => {
    expect(driftOf(12)).toEqual({ drift: 2, uncertainty: 0 });
    expect(driftOf(9)).toEqual({ drift: -1, uncertainty: 0 });
  });

  it('is not moved by visits while the rows are read', () => {
    const after = counter({ total: 15, startedByDay: new Map([[CUT, 5]]) });
    expect(driftOf(10, quiet, after)).toEqual({ drift: 0, uncertainty: 0 });
    expect(driftOf(11, quiet, after)).toEqual({ drift: 1, uncertainty: 0 });
  });

  it('is uncertain by the rows that were deleted while they were read', () => {
    const after = counter({ total: 10, removed: 3 });
    for (const rows of [7, 8, 10]) {
      expect(driftOf(rows, quiet, after)).toEqual({ drift: 0, uncertainty: 3 });
    }
    expect(driftOf(6, quiet, after)).toEqual({ drift: -1, uncertainty: 3 });
    expect(driftOf(12, quiet, after)).toEqual({ drift: 2, uncertainty: 3 });
  });
});

describe('the drift while old rows are imported and deleted', () => {
  it('is none, whichever of them were seen', () => {
    const after = counter({ total: 15, removed: 2 });
    for (const rows of [8, 10, 13, 15]) {
      expect(findDrift({ cut: CUT, rows, before: counter({ total: 10 }), after })).toEqual({
        ...{ drift: 0, uncertainty: 7 },
      });
    }
    const drifts = [7, 16].map(
      (rows) => findDrift({ cut: CUT, rows, before: counter({ total: 10 }), after }).drift,
    );
    expect(drifts).toEqual([-1, 1]);
  });
});

describe('all rows, those of today among them', () => {
  const quiet = counter({ total: 12, removed: 2, startedByDay: new Map([[CUT, 5]]) });
  const driftOf = (rows: number, before = quiet, after = before) =>
    findDriftNow({ rows, before, after });
  const driftsOf = (rows: readonly number[], after: Counter) =>
    rows.map((number) => driftOf(number, quiet, after).drift);

  it('are those ever inserted but for those removed since', () => {
    expect(rowsIn(quiet)).toBe(10);
  });

  it('drift from the counter by what is lost or counted twice, whatever its day', () => {
    expect(driftOf(10)).toEqual({ drift: 0, uncertainty: 0 });
    expect(driftOf(11)).toEqual({ drift: 1, uncertainty: 0 });
    expect(driftOf(9)).toEqual({ drift: -1, uncertainty: 0 });
  });

  it('may hold what was counted while they were read, or not', () => {
    const after = counter({ total: 15, removed: 2 });
    expect(driftsOf([9, 10, 11, 13, 14], after)).toEqual([-1, 0, 0, 0, 1]);
    expect(driftOf(10, quiet, after).uncertainty).toBe(3);
  });

  it('may lack what was removed while they were read, or not', () => {
    const after = counter({ total: 12, removed: 4 });
    expect(driftsOf([7, 8, 9, 10, 11], after)).toEqual([-1, 0, 0, 0, 1]);
    expect(driftOf(10, quiet, after).uncertainty).toBe(2);
  });

  it('are uncertain by both together: each visit may be seen and no deletion, or the reverse', () => {
    const after = counter({ total: 15, removed: 4 });
    expect(driftsOf([7, 8, 13, 14], after)).toEqual([-1, 0, 0, 1]);
    expect(driftOf(10, quiet, after).uncertainty).toBe(5);
  });

  it('agree with either total when a rebuild lowers it meanwhile', () => {
    const after = counter({ total: 9, removed: 2 });
    expect(driftsOf([6, 7, 10, 11], after)).toEqual([-1, 0, 0, 1]);
    expect(driftOf(10, quiet, after).uncertainty).toBe(3);
  });
});
