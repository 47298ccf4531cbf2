import { afterEach, describe, expect, it, vi } from 'vitest';
import { FUNCTION_LIMITS } from '../../infra/props/function-limits.ts';
import { createAudit } from '../../src/audit/audit.ts';
import { type Counter, EMPTY_COUNTER } from '../../src/domain/counter.ts';
import { SITE } from '../../src/domain/counter-name.ts';
import { NO_ROWS } from '../../src/domain/row-counts.ts';
import type { SequenceNumber } from '../../src/domain/sequence-number.ts';
import { createKeptLog } from '../support/kept-log.ts';
import { NOW_MS } from '../support/stream-records.ts';

const onlySite = <Value>(value: Value) => new Map([[SITE, value]]);

const counterOf = (total: number, removed: number): Counter => ({
  ...EMPTY_COUNTER,
  total,
  removed,
});

type Reading = Counter | Error;

const NONE = { missing: 0, surplus: 0 };
const THREE_TOO_MANY = { missing: 0, surplus: 3 };

interface Conditions {
  /** The time that the audit has, milliseconds. */
  readonly timeMs?: number;
  /** The time that scanning the rows takes, milliseconds. */
  readonly scanMs?: number;
  readonly batchingWindowMs?: number;
}

const LIMIT_MS = FUNCTION_LIMITS.audit.timeoutSeconds * 1_000;

/** An audit of `rows` rows with these consecutive readings of the counter; the last one repeats. */
const audit = async (
  rows: number,
  readings: readonly Reading[],
  { timeMs = LIMIT_MS, scanMs = 0, batchingWindowMs = 0 }: Conditions = {},
) => {
  let reading = -1;
  let nowMs = NOW_MS;
  const log = createKeptLog();
  const found = await createAudit({
    readCounters: async () => {
      reading = Math.min(reading + 1, readings.length - 1);
      const counter = readings[reading] ?? EMPTY_COUNTER;
      if (counter instanceof Error) throw counter;
      return onlySite(counter);
    },
    countRows: async () => {
      nowMs += scanMs;
      return onlySite({ ...NO_ROWS, undated: rows });
    },
    now: () => nowMs,
    sleep: async (ms) => {
      nowMs += ms;
    },
    log,
    batchingWindowMs,
  })(timeMs);
  return { ...found, tookMs: nowMs - NOW_MS, log };
};

describe('an audit of a correct counter', () => {
  it('finds nothing while old rows are imported and one is deleted during the scan', async () => {
    const readings = [counterOf(10, 0), counterOf(11, 1)];
    expect(await audit(11, readings)).toMatchObject({ ...NONE, uncertainty: 2 });
    expect(await audit(9, readings)).toMatchObject({ ...NONE, uncertainty: 2 });
  });
});

describe('an audit during a retract', () => {
  const undo = {
    kind: 'retract' as const,
    ...{ from: '2026-01-20T00:00:00.000Z', to: '2026-01-21T00:00:00.000Z' },
    at: '2026-11-23T18:00:00.000Z',
  };
  const during = { ...counterOf(10, 0), undo, lastUndo: undo.at };

  it('takes no old row that was imported for a lost one, if another was taken back', async () => {
    expect(await audit(11, [during])).toMatchObject({ ...NONE, uncertainty: 1 });
    const ended = { ...during, undo: undefined };
    expect(await audit(11, [during, ended])).toMatchObject({ ...NONE, uncertainty: 1 });
    expect(await audit(11, [counterOf(10, 0), ended])).toMatchObject({ ...NONE, uncertainty: 1 });
  });

  it('allows for what is taken back', async () => {
    const after = { ...during, total: 7 };
    for (const rows of [7, 9, 10]) {
      expect(await audit(rows, [during, after])).toMatchObject({ ...NONE, uncertainty: 3 });
    }
  });

  it('finds a drift of other days', async () => {
    const of = (day: string) => ({
      ...undo,
      from: `${day}T00:00:00.000Z`,
      to: `${day}T01:00:00.000Z`,
    });
    const recent = { ...during, undo: of('2026-11-20') };
    expect(await audit(11, [recent])).toMatchObject({ missing: 1, surplus: 0, uncertainty: 0 });
  });
});

describe('an audit', () => {
  it.each([0, 1_000, 300_000])(
    'reports a lost session although a deletion waits for a batching window of %i ms when it begins',
    async (batchingWindowMs) => {
      // Eleven inserts, one of them never counted, and a deletion that is counted a little later.
      let nowMs = NOW_MS;
      const countedMs = NOW_MS + batchingWindowMs + 30_000;
      const found = await createAudit({
        readCounters: async () => onlySite(counterOf(10, nowMs < countedMs ? 0 : 1)),
        countRows: async () => onlySite({ ...NO_ROWS, undated: 10 }),
        now: () => nowMs,
        sleep: async (ms) => {
          nowMs += ms;
        },
        log: createKeptLog(),
        batchingWindowMs,
      })(LIMIT_MS);
      expect(found).toMatchObject({ missing: 1, surplus: 0, uncertainty: 0 });
    },
  );

  it('allows for what was counted during the scan: a row may be seen and then deleted', async () => {
    let removed = 0;
    const found = await createAudit({
      readCounters: async () => onlySite(counterOf(10, removed)),
      countRows: async () => {
        removed = 1;
        return onlySite({ ...NO_ROWS, undated: 10 });
      },
      ...{
        now: () => NOW_MS,
        sleep: async () => undefined,
        log: createKeptLog(),
        batchingWindowMs: 0,
      },
    })(LIMIT_MS);
    expect(found).toMatchObject({ ...NONE, uncertainty: 1, waitedSeconds: 0 });
  });

  it('still finds a drift when rows expire while it waits', async () => {
    // Thirty removals were lost long ago; three rows a minute expire continuously, and are counted immediately.
    let nowMs = NOW_MS;
    const expiries = () => Math.floor((nowMs - NOW_MS) / 20_000);
    const sequenceOf = (count: number) => `${count}`.padStart(40, '0') as SequenceNumber;
    const found = await createAudit({
      readCounters: async () =>
        onlySite({
          ...counterOf(1_000, expiries()),
          checkpoints: new Map([
            ['shard-a', { sequence: sequenceOf(expiries()), at: Math.floor(nowMs / 1_000) }],
          ]),
        }),
      countRows: async () => onlySite({ ...NO_ROWS, undated: 1_000 - 30 - expiries() }),
      now: () => nowMs,
      sleep: async (ms) => {
        nowMs += ms;
      },
      log: createKeptLog(),
      batchingWindowMs: 0,
    })(LIMIT_MS);
    expect(found).toMatchObject({ missing: 0, surplus: 27, uncertainty: 3, waitedSeconds: 600 });
  });

  it('that finds no drift waits only for pending records, a minute before and after the scan', async () => {
    const found = await audit(10, [counterOf(10, 0)]);
    expect(found).toMatchObject({ ...NONE, uncertainty: 0, waitedSeconds: 0, tookMs: 120_000 });
  });

  it('that finds no drift waits for the longest batching window, too, within its time', async () => {
    const found = await audit(10, [counterOf(10, 0)], { batchingWindowMs: 300_000 });
    expect(found).toMatchObject({ ...NONE, uncertainty: 0, tookMs: 2 * 360_000 });
    expect(found.tookMs).toBeLessThan(LIMIT_MS);
  });

  it('waits for deletions that were visible in the rows before they were counted', async () => {
    const readings = [counterOf(10, 0), counterOf(10, 0), counterOf(10, 1), counterOf(10, 2)];
    const found = await audit(8, readings);
    expect(found).toMatchObject({ ...NONE, uncertainty: 2 });
    expect(found.waitedSeconds).toBeGreaterThan(0);
  });

  it('tolerates a stream that is ten minutes behind, like its alarm', async () => {
    const late = Array.from({ length: 60 }, () => counterOf(10, 0));
    const found = await audit(7, [...late, counterOf(10, 3)]);
    expect(found).toMatchObject({ ...NONE, uncertainty: 3 });
    expect(found.waitedSeconds).toBeGreaterThanOrEqual(10 * 60 - 10);
  });

  it('reports a drift that persists for the whole wait', async () => {
    const found = await audit(7, [counterOf(10, 0)]);
    expect(found).toMatchObject({ ...THREE_TOO_MANY, uncertainty: 0, waitedSeconds: 600 });
  });

  it.each([
    { scanMinutes: 8, waitedSeconds: 290 },
    { scanMinutes: 13.5, waitedSeconds: 20 },
    { scanMinutes: 13.9, waitedSeconds: 0 },
  ])('reports it in time even after a scan of $scanMinutes minutes', async (given) => {
    const found = await audit(7, [counterOf(10, 0)], { scanMs: given.scanMinutes * 60_000 });
    expect(found).toMatchObject({ ...THREE_TOO_MANY, waitedSeconds: given.waitedSeconds });
    expect(found.tookMs).toBeLessThanOrEqual(LIMIT_MS);
  });

  it('reports the first drift, and logs a warning, when the counter cannot be read again', async () => {
    const away = new Error('DynamoDB is away');
    const found = await audit(7, [counterOf(10, 0), counterOf(10, 0), away]);
    expect(found).toMatchObject({ ...THREE_TOO_MANY, waitedSeconds: 600 });
    expect(found.log.lines[0]).toEqual(['The counters could not be read again', away]);
  });

  it('continues after a failed reading', async () => {
    const readings = [counterOf(10, 0), counterOf(10, 0), new Error('once'), counterOf(10, 3)];
    expect(await audit(7, readings)).toMatchObject({ ...NONE, waitedSeconds: 20 });
  });

  it.each([
    { timeMs: 60_000, tookMs: 0 },
    { timeMs: 60_001, tookMs: 60_000 },
    { timeMs: 120_001, tookMs: 120_000 },
  ])('of $timeMs ms waits for pending records while it has time', async ({ timeMs, tookMs }) => {
    expect(await audit(10, [counterOf(10, 0)], { timeMs })).toMatchObject({ ...NONE, tookMs });
  });

  it('throws when it could not compare even once', async () => {
    await expect(audit(7, [counterOf(10, 0), new Error('away')])).rejects.toThrow('away');
  });
});

describe('what is counted while an audit waits', () => {
  // The scan is a minute after the start, and the wait begins a minute later.
  const SETTLED = NOW_MS / 1_000 + 120;
  /** The checkpoints of shards, each with its sequence number and its time, epoch seconds. */
  const at = (
    total: number,
    removed: number,
    shards: Record<string, [number, number]>,
  ): Counter => ({
    ...counterOf(total, removed),
    checkpoints: new Map(
      Object.entries(shards).map(([shard, [position, second]]) => [
        shard,
        { sequence: `${position}`.padStart(40, '0') as SequenceNumber, at: second },
      ]),
    ),
  });
  const EXPLAINED = { missing: 0, surplus: 0, uncertainty: 1 };
  const REPORTED = { missing: 0, surplus: 1, uncertainty: 0 };

  it.each([
    {
      what: 'may explain the drift when its shard was before the end of the scan',
      second: SETTLED - 1,
      found: EXPLAINED,
    },
    {
      what: 'is ignored when its shard was past the end of the scan',
      second: SETTLED,
      found: REPORTED,
    },
  ])('$what', async ({ second, found }) => {
    const first = at(10, 0, { a: [1, second] });
    const next = at(10, 1, { a: [2, SETTLED + 5] });
    expect(await audit(9, [first, first, next])).toMatchObject(found);
  });

  it('is ignored even when another shard has not moved', async () => {
    const first = at(10, 0, { a: [1, SETTLED + 1], quiet: [1, SETTLED - 9_000] });
    const next = at(10, 1, { a: [2, SETTLED + 5], quiet: [1, SETTLED - 9_000] });
    expect(await audit(9, [first, first, next])).toMatchObject(REPORTED);
  });

  it('may explain the drift when one of two shards that moved was not past the scan', async () => {
    const first = at(10, 0, { a: [1, SETTLED + 1], late: [1, SETTLED - 90] });
    const next = at(10, 1, { a: [2, SETTLED + 5], late: [2, SETTLED - 80] });
    expect(await audit(9, [first, first, next])).toMatchObject(EXPLAINED);
  });

  it('may explain the drift when it is the first of its shard', async () => {
    const first = at(10, 0, { a: [1, SETTLED + 1] });
    const next = at(10, 1, { a: [1, SETTLED + 1], child: [1, SETTLED + 5] });
    expect(await audit(9, [first, first, next])).toMatchObject(EXPLAINED);
  });
});

describe('an audit whose DynamoDB is silent', () => {
  afterEach(() => void vi.useRealTimers());

  it('throws when its time is over', async () => {
    vi.useFakeTimers();
    const silent = createAudit({
      readCounters: () => new Promise(() => undefined),
      countRows: async () => new Map(),
      ...{ now: Date.now, sleep: async () => undefined, log: createKeptLog(), batchingWindowMs: 0 },
    })(480_000);
    const ended = expect(silent).rejects.toMatchObject({
      name: 'OutOfTimeError',
      message: expect.stringMatching(/within 480 s: either the table has too many rows/),
    });
    await vi.advanceTimersByTimeAsync(480_000);
    await ended;
  });

  it('leaves no timer behind, because Lambda would wait for it', async () => {
    vi.useFakeTimers();
    await audit(10, [counterOf(10, 0)]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
