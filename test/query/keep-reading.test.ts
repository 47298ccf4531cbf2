import { beforeEach, describe, expect, it } from 'vitest';
import { createKeptReader } from '../../src/query/keep-reading.ts';
import { createKeptLog, type KeptLog } from '../support/kept-log.ts';
import { NOW_MS } from '../support/stream-records.ts';

// A table that counts how often it is read, whose answers may fail or take their time.
let nowMs: number;
let reads: number;
let readUnits: number;
let trouble: Error | undefined;
let takesMs: number;
let log: KeptLog;

const read = async () => {
  reads += 1;
  const value = reads;
  await Promise.resolve();
  nowMs += takesMs;
  if (trouble) throw trouble;
  return { value, readUnits };
};

const createReader = () => createKeptReader({ read, unitsPerSecond: 5, now: () => nowMs, log });

beforeEach(() => {
  ({ nowMs, reads, readUnits, trouble, takesMs } = {
    ...{ nowMs: NOW_MS, reads: 0, readUnits: 50, trouble: undefined, takesMs: 0 },
  });
  log = createKeptLog();
});

describe('what is read', () => {
  it('is kept until the budget allows another reading', async () => {
    const reader = createReader();
    expect((await reader()).value).toBe(1);
    nowMs += 9_999;
    expect(await reader()).toMatchObject({ value: 1, askedMs: NOW_MS });
    nowMs += 1;
    expect(await reader()).toMatchObject({ value: 2, askedMs: NOW_MS + 10_000 });
  });

  it('is read each time when it costs nothing', async () => {
    readUnits = 0;
    const reader = createReader();
    expect([(await reader()).value, (await reader()).value]).toEqual([1, 2]);
  });

  it('is shared by all who ask at the same time, and by none who asks later', async () => {
    readUnits = 0;
    const reader = createReader();
    const answers = await Promise.all(Array.from({ length: 50 }, reader));
    expect(new Set(answers.map(({ value }) => value))).toEqual(new Set([1]));
    expect((await reader()).value).toBe(2);
  });

  it('takes no more than the budget in an hour of steady requests', async () => {
    const reader = createReader();
    for (const endMs = NOW_MS + 3_600_000; nowMs < endMs; nowMs += 100) await reader();
    expect(reads * readUnits).toBe(5 * 3_600);
  });

  it('is never older than a minute, however dear', async () => {
    readUnits = 100_000;
    const reader = createReader();
    for (const endMs = NOW_MS + 600_000; nowMs < endMs; nowMs += 250) {
      expect(nowMs - (await reader()).askedMs).toBeLessThan(60_000);
    }
    expect(reads).toBe(10);
  });

  it('is read again when the function was frozen in the middle of it', async () => {
    const reader = createReader();
    const answer = reader();
    takesMs = 900_000;
    queueMicrotask(() => {
      takesMs = 0;
    });
    expect(await answer).toMatchObject({ value: 2, askedMs: NOW_MS + 900_000 });
  });
});

describe('when reading fails', () => {
  const failing = async () => {
    const reader = createReader();
    await reader();
    trouble = new Error('no table');
    nowMs += 10_000;
    return reader;
  };

  it('the last value is served, with its true age, and the log says why', async () => {
    const reader = await failing();
    expect(await reader()).toMatchObject({ value: 1, askedMs: NOW_MS });
    expect(log.lines).toEqual([['What is kept is served, because reading failed', trouble]]);
  });

  it('it is tried once a second, and not by everyone', async () => {
    const reader = await failing();
    await Promise.all([reader(), reader(), reader()]);
    nowMs += 999;
    await reader();
    expect(reads).toBe(2);
    nowMs += 1;
    await reader();
    expect(reads).toBe(3);
  });

  it('the last value is served for a minute, and then nothing', async () => {
    const reader = await failing();
    for (; nowMs <= NOW_MS + 60_000; nowMs += 500) {
      expect((await reader()).value).toBe(1);
    }
    nowMs = NOW_MS + 60_001;
    await expect(reader()).rejects.toBe(trouble);
  });

  it('before anything was read, the error is thrown', async () => {
    trouble = new Error('no table');
    await expect(createReader()()).rejects.toBe(trouble);
    expect(log.lines).toEqual([]);
  });

  it('the next reading that succeeds is served', async () => {
    const reader = await failing();
    await reader();
    trouble = undefined;
    nowMs += 1_000;
    expect((await reader()).value).toBe(3);
  });
});
