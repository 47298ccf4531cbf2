import { describe, expect, it } from 'vitest';
import { createAudit } from '../../src/audit/audit.ts';
import { type Counter, EMPTY_COUNTER } from '../../src/domain/counter.ts';
import { NO_ROWS } from '../../src/domain/row-counts.ts';
import { createKeptLog } from '../support/kept-log.ts';
import { NOW_MS } from '../support/stream-records.ts';

const TIME_MS = 900_000;
const NONE = { missing: 0, surplus: 0 };

const counterOf = (total: number, removed: number): Counter => ({
  ...EMPTY_COUNTER,
  ...{ total, removed },
});

describe('an audit of several counters', () => {
  /** An audit of counters with this many rows each, all of the same day; the last readings repeat. */
  const auditAll = async (
    rows: Record<string, number>,
    ...readings: readonly Record<string, Counter>[]
  ) => {
    let reading = -1;
    let nowMs = NOW_MS;
    return createAudit({
      readCounters: async () => {
        reading = Math.min(reading + 1, readings.length - 1);
        return new Map(Object.entries(readings[reading] ?? {}));
      },
      countRows: async () =>
        new Map(Object.entries(rows).map(([name, undated]) => [name, { ...NO_ROWS, undated }])),
      now: () => nowMs,
      sleep: async (ms) => {
        nowMs += ms;
      },
      log: createKeptLog(),
      batchingWindowMs: 0,
    })(TIME_MS);
  };

  it('sums what is missing and what is surplus, so that neither hides the other', async () => {
    const counters = { a: counterOf(10, 0), b: counterOf(5, 0), site: counterOf(7, 0) };
    const found = await auditAll({ a: 12, b: 3, site: 7 }, counters);
    expect(found).toMatchObject({ missing: 2, surplus: 2, uncertainty: 0 });
    expect(Object.fromEntries(found.counters)).toEqual({
      a: { missing: 2, surplus: 0, uncertainty: 0 },
      b: { missing: 0, surplus: 2, uncertainty: 0 },
      site: { missing: 0, surplus: 0, uncertainty: 0 },
    });
  });

  it('finds rows of a counter without an item, and a counter without rows', async () => {
    const found = await auditAll({ lost: 3 }, { empty: counterOf(2, 0), site: counterOf(0, 0) });
    expect(found).toMatchObject({ missing: 3, surplus: 2 });
  });

  it('finds nothing in a counter that begins during the scan', async () => {
    const site = counterOf(1, 0);
    const found = await auditAll({ site: 1, new: 1 }, { site }, { site, new: counterOf(1, 0) });
    expect(found).toMatchObject({ ...NONE, uncertainty: 1 });
  });

  it('waits for the counter that drifts, and keeps what it found of the others', async () => {
    const before = { a: counterOf(4, 0), site: counterOf(9, 0) };
    const found = await auditAll({ a: 3, site: 9 }, before, before, {
      a: counterOf(4, 1),
      site: counterOf(19, 0),
    });
    expect(found).toMatchObject({ ...NONE, uncertainty: 1, waitedSeconds: 10 });
    expect(found.counters.get('site')).toEqual({ ...NONE, uncertainty: 0 });
  });
});
