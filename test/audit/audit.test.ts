import { describe, expect, it } from 'vitest';
import { FUNCTION_LIMITS } from '../../infra/function-limits.ts';
import { createAudit } from '../../src/audit/audit.ts';
import { type Counter, EMPTY_COUNTER } from '../../src/domain/counter.ts';
import { NOW_MS } from '../support/stream-records.ts';

const counterOf = (total: number, removed: number): Counter => ({
  ...EMPTY_COUNTER,
  total,
  removed,
});

/** An audit of `rows` rows while the counter is read as these, the last one from then on. */
const audit = async (rows: number, readings: readonly Counter[]) => {
  let reading = -1;
  let waitedMs = 0;
  const found = await createAudit({
    readCounter: async () => {
      reading = Math.min(reading + 1, readings.length - 1);
      return readings[reading] ?? EMPTY_COUNTER;
    },
    countRowsBefore: async () => rows,
    now: () => NOW_MS,
    sleep: async (ms) => {
      waitedMs += ms;
    },
  })();
  return { ...found, waitedMs };
};

describe('an audit', () => {
  it('that finds no drift does not wait', async () => {
    expect(await audit(10, [counterOf(10, 0)])).toEqual({ drift: 0, uncertainty: 0, waitedMs: 0 });
  });

  it('waits for deletions that it saw in the rows before the counter has them', async () => {
    const readings = [counterOf(10, 0), counterOf(10, 0), counterOf(10, 1), counterOf(10, 2)];
    const found = await audit(8, readings);
    expect(found).toMatchObject({ drift: 0, uncertainty: 2 });
    expect(found.waitedMs).toBeGreaterThan(0);
  });

  it('bears with a stream that is ten minutes late, as its alarm does', async () => {
    const late = Array.from({ length: 60 }, () => counterOf(10, 0));
    const found = await audit(7, [...late, counterOf(10, 3)]);
    expect(found).toMatchObject({ drift: 0, uncertainty: 3 });
    expect(found.waitedMs).toBeGreaterThanOrEqual(10 * 60_000 - 10_000);
  });

  it('tells a drift that outlasts the wait, within the time that the function has', async () => {
    const found = await audit(7, [counterOf(10, 0)]);
    expect(found).toMatchObject({ drift: -3, uncertainty: 0 });
    expect(found.waitedMs).toBeLessThan(FUNCTION_LIMITS.audit.timeoutSeconds * 1_000);
  });
});
