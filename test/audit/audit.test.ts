import { describe, expect, it } from 'vitest';
import { FUNCTION_LIMITS } from '../../infra/function-limits.ts';
import { createAudit } from '../../src/audit/audit.ts';
import { type Counter, EMPTY_COUNTER } from '../../src/domain/counter.ts';
import { createKeptLog } from '../support/kept-log.ts';
import { NOW_MS } from '../support/stream-records.ts';

const counterOf = (total: number, removed: number): Counter => ({
  ...EMPTY_COUNTER,
  total,
  removed,
});

type Reading = Counter | Error;

interface Conditions {
  /** What the audit has, milliseconds. */
  readonly timeMs?: number;
  /** What reading the rows takes of it. */
  readonly scanMs?: number;
}

const LIMIT_MS = FUNCTION_LIMITS.audit.timeoutSeconds * 1_000;

/** An audit of `rows` rows while the counter is read as these, the last one from then on. */
const audit = async (
  rows: number,
  readings: readonly Reading[],
  { timeMs = LIMIT_MS, scanMs = 0 }: Conditions = {},
) => {
  let reading = -1;
  let nowMs = NOW_MS;
  const log = createKeptLog();
  const found = await createAudit({
    readCounter: async () => {
      reading = Math.min(reading + 1, readings.length - 1);
      const counter = readings[reading] ?? EMPTY_COUNTER;
      if (counter instanceof Error) throw counter;
      return counter;
    },
    countRowsBefore: async () => {
      nowMs += scanMs;
      return rows;
    },
    now: () => nowMs,
    sleep: async (ms) => {
      nowMs += ms;
    },
    log,
  })(timeMs);
  return { ...found, tookMs: nowMs - NOW_MS, log };
};

describe('an audit', () => {
  it('that finds no drift does not wait', async () => {
    const found = await audit(10, [counterOf(10, 0)]);
    expect(found).toMatchObject({ drift: 0, uncertainty: 0, waitedSeconds: 0, tookMs: 0 });
  });

  it('waits for deletions that it saw in the rows before the counter has them', async () => {
    const readings = [counterOf(10, 0), counterOf(10, 0), counterOf(10, 1), counterOf(10, 2)];
    const found = await audit(8, readings);
    expect(found).toMatchObject({ drift: 0, uncertainty: 2 });
    expect(found.waitedSeconds).toBeGreaterThan(0);
  });

  it('bears with a stream that is ten minutes late, as its alarm does', async () => {
    const late = Array.from({ length: 60 }, () => counterOf(10, 0));
    const found = await audit(7, [...late, counterOf(10, 3)]);
    expect(found).toMatchObject({ drift: 0, uncertainty: 3 });
    expect(found.waitedSeconds).toBeGreaterThanOrEqual(10 * 60 - 10);
  });

  it('tells a drift that outlasts the wait', async () => {
    const found = await audit(7, [counterOf(10, 0)]);
    expect(found).toMatchObject({ drift: -3, uncertainty: 0, waitedSeconds: 600 });
  });

  it.each([
    { scanMinutes: 8, waitedSeconds: 410 },
    { scanMinutes: 14, waitedSeconds: 50 },
    { scanMinutes: 14.9, waitedSeconds: 0 },
  ])('tells it in its time also after $scanMinutes minutes of reading', async (given) => {
    const found = await audit(7, [counterOf(10, 0)], { scanMs: given.scanMinutes * 60_000 });
    expect(found).toMatchObject({ drift: -3, waitedSeconds: given.waitedSeconds });
    expect(found.tookMs).toBeLessThanOrEqual(LIMIT_MS);
  });

  it('tells the drift that it saw when the counter cannot be read again, and says that', async () => {
    const away = new Error('DynamoDB is away');
    const found = await audit(7, [counterOf(10, 0), counterOf(10, 0), away]);
    expect(found).toMatchObject({ drift: -3, waitedSeconds: 600 });
    expect(found.log.lines[0]).toEqual(['The counter could not be read again', away]);
  });

  it('goes on after a reading that failed', async () => {
    const readings = [counterOf(10, 0), counterOf(10, 0), new Error('once'), counterOf(10, 3)];
    expect(await audit(7, readings)).toMatchObject({ drift: 0, waitedSeconds: 20 });
  });

  it('throws when it could not compare at all', async () => {
    await expect(audit(7, [counterOf(10, 0), new Error('away')])).rejects.toThrow('away');
  });
});
