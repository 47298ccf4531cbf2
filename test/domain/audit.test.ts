import { describe, expect, it } from 'vitest';
import { auditCutoff, expectedRows, findDriftNow } from '../../src/domain/audit.ts';
import { type Counter, EMPTY_COUNTER } from '../../src/domain/counter.ts';

const CUTOFF = '2026-11-23';
const counter = (parts: Partial<Counter>): Counter => ({ ...EMPTY_COUNTER, ...parts });

describe('the cutoff of an audit', () => {
  it.each([
    { now: '2026-11-23T18:00:00Z', cutoff: '2026-11-23' },
    { now: '2026-11-23T06:00:00Z', cutoff: '2026-11-23' },
    { now: '2026-11-23T05:59:59.999Z', cutoff: '2026-11-22' },
    { now: '2027-01-01T00:00:00Z', cutoff: '2026-12-31' },
  ])('at $now is $cutoff: the last six hours may not be counted yet', ({ now, cutoff }) => {
    expect(auditCutoff(Date.parse(now))).toBe(cutoff);
  });
});

describe('all rows, including those of today', () => {
  const quiet = counter({ total: 12, removed: 2, startedByDay: new Map([[CUTOFF, 5]]) });
  const driftOf = (rows: number, before = quiet, after = before) =>
    findDriftNow({ rows, before, after });
  const driftsOf = (rows: readonly number[], after: Counter) =>
    rows.map((number) => driftOf(number, quiet, after).drift);

  it('are those ever inserted minus those removed since', () => {
    expect(expectedRows(quiet)).toBe(10);
  });

  it('drift from the counter by what was lost or counted twice, whatever its day', () => {
    expect(driftOf(10)).toEqual({ drift: 0, uncertainty: 0 });
    expect(driftOf(11)).toEqual({ drift: 1, uncertainty: 0 });
    expect(driftOf(9)).toEqual({ drift: -1, uncertainty: 0 });
  });

  it('may include what was counted during the scan, or not', () => {
    const after = counter({ total: 15, removed: 2 });
    expect(driftsOf([9, 10, 11, 13, 14], after)).toEqual([-1, 0, 0, 0, 1]);
    expect(driftOf(10, quiet, after).uncertainty).toBe(3);
  });

  it('may lack what was removed during the scan, or not', () => {
    const after = counter({ total: 12, removed: 4 });
    expect(driftsOf([7, 8, 9, 10, 11], after)).toEqual([-1, 0, 0, 0, 1]);
    expect(driftOf(10, quiet, after).uncertainty).toBe(2);
  });

  it('are uncertain by the sum of both: the scan may see every visit and no deletion, or the reverse', () => {
    const after = counter({ total: 15, removed: 4 });
    expect(driftsOf([7, 8, 13, 14], after)).toEqual([-1, 0, 0, 1]);
    expect(driftOf(10, quiet, after).uncertainty).toBe(5);
  });

  it('agree with either total when a rebuild lowers it during the scan', () => {
    const after = counter({ total: 9, removed: 2 });
    expect(driftsOf([6, 7, 10, 11], after)).toEqual([-1, 0, 0, 1]);
    expect(driftOf(10, quiet, after).uncertainty).toBe(3);
  });
});
