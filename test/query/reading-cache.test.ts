import { beforeEach, describe, expect, it } from 'vitest';
import { createReadingCache } from '../../src/query/reading-cache.ts';
import { createKeptLog, type KeptLog } from '../support/kept-log.ts';
import { NOW_MS } from '../support/stream-records.ts';

// A source that counts its reads and may fail or be slow.
let nowMs: number;
let reads: number;
let readUnits: number;
let failure: Error | undefined;
let delayMs: number;
let log: KeptLog;

const read = async (counters: readonly string[]) => {
  reads += 1;
  const value = reads;
  await Promise.resolve();
  nowMs += delayMs;
  if (failure) throw failure;
  return new Map(counters.map((counter) => [counter, { value, readUnits }]));
};

const SETTINGS = { unitsPerSecond: 5, capacity: 100, now: () => nowMs };

/** Reads one counter through a new cache. */
const createCache = () => {
  const cache = createReadingCache({ ...SETTINGS, read, log });
  return () => cache.read('site');
};

beforeEach(() => {
  ({ nowMs, reads, readUnits, failure, delayMs } = {
    ...{ nowMs: NOW_MS, reads: 0, readUnits: 50, failure: undefined, delayMs: 0 },
  });
  log = createKeptLog();
});

describe('a value', () => {
  it('is cached until the budget allows another read', async () => {
    const readCached = createCache();
    expect((await readCached()).value).toBe(1);
    nowMs += 9_999;
    expect(await readCached()).toMatchObject({ value: 1, readAtMs: NOW_MS });
    nowMs += 1;
    expect(await readCached()).toMatchObject({ value: 2, readAtMs: NOW_MS + 10_000 });
  });

  it('is as new as its response and as old as its request, for as long as it is cached', async () => {
    const readCached = createCache();
    delayMs = 300;
    const times = { readAtMs: NOW_MS, readUntilMs: NOW_MS + 300 };
    expect(await readCached()).toMatchObject(times);
    nowMs += 5_000;
    expect(await readCached()).toMatchObject(times);
  });

  it('is read every time when reading costs nothing', async () => {
    readUnits = 0;
    const readCached = createCache();
    expect([(await readCached()).value, (await readCached()).value]).toEqual([1, 2]);
  });

  it('is read once for concurrent calls, and again for later ones', async () => {
    readUnits = 0;
    const readCached = createCache();
    const answers = await Promise.all(Array.from({ length: 50 }, readCached));
    expect(new Set(answers.map(({ value }) => value))).toEqual(new Set([1]));
    expect((await readCached()).value).toBe(2);
  });

  it('stays within the budget for an hour of steady requests', async () => {
    const readCached = createCache();
    for (const endMs = NOW_MS + 3_600_000; nowMs < endMs; nowMs += 100) await readCached();
    expect(reads * readUnits).toBe(5 * 3_600);
  });

  it('is never older than a minute, however expensive', async () => {
    readUnits = 100_000;
    const readCached = createCache();
    for (const endMs = NOW_MS + 600_000; nowMs < endMs; nowMs += 250) {
      expect(nowMs - (await readCached()).readAtMs).toBeLessThan(60_000);
    }
    expect(reads).toBe(10);
  });

  it('is read again when the function was frozen in the middle of a read', async () => {
    const readCached = createCache();
    const answer = readCached();
    delayMs = 900_000;
    queueMicrotask(() => {
      delayMs = 0;
    });
    expect(await answer).toMatchObject({ value: 2, readAtMs: NOW_MS + 900_000 });
  });
});

describe('when reading fails', () => {
  const failing = async () => {
    const readCached = createCache();
    await readCached();
    failure = new Error('no table');
    nowMs += 10_000;
    return readCached;
  };

  it('the cached value is served with its true age, and the error is logged', async () => {
    const readCached = await failing();
    expect(await readCached()).toMatchObject({ value: 1, readAtMs: NOW_MS });
    expect(log.lines).toEqual([['Reading failed; the cached value is served', failure]]);
  });

  it('it is retried once a second, by one of the callers', async () => {
    const readCached = await failing();
    await Promise.all([readCached(), readCached(), readCached()]);
    nowMs += 999;
    await readCached();
    expect(reads).toBe(2);
    nowMs += 1;
    await readCached();
    expect(reads).toBe(3);
  });

  it('the cached value is served for a minute, then the error is thrown', async () => {
    const readCached = await failing();
    for (; nowMs <= NOW_MS + 60_000; nowMs += 500) {
      expect((await readCached()).value).toBe(1);
    }
    nowMs = NOW_MS + 60_001;
    await expect(readCached()).rejects.toBe(failure);
  });

  it('and nothing is cached, the error is thrown', async () => {
    failure = new Error('no table');
    await expect(createCache()()).rejects.toBe(failure);
    expect(log.lines).toEqual([]);
  });

  it('the next read that succeeds is served', async () => {
    const readCached = await failing();
    await readCached();
    failure = undefined;
    nowMs += 1_000;
    expect((await readCached()).value).toBe(3);
  });
});
