import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { inParallel } from '../../src/runtime/in-parallel.ts';

describe('work in parallel', () => {
  it('returns the results in the order of the items', async () => {
    const turns = [3, 1, 2];
    const work = async (count: number) => {
      for (let turn = 0; turn < count; turn += 1) await setImmediate();
      return count * 10;
    };
    expect(await inParallel(turns, 2, work)).toEqual([30, 10, 20]);
    expect(await inParallel([], 2, work)).toEqual([]);
  });

  it('runs up to the limit at once', async () => {
    let running = 0;
    let most = 0;
    await inParallel([...Array(9).keys()], 4, async () => {
      running += 1;
      most = Math.max(most, running);
      await setImmediate();
      running -= 1;
    });
    expect(most).toBe(4);
  });

  it('starts nothing after a failure, waits for what is running, and throws the first error', async () => {
    const started: number[] = [];
    const finished: number[] = [];
    const work = async (item: number) => {
      started.push(item);
      if (item === 1) throw new Error('the first');
      await setImmediate();
      if (item === 2) throw new Error('the second');
      finished.push(item);
    };
    await expect(inParallel([0, 1, 2, 3, 4], 3, work)).rejects.toThrow('the first');
    expect({ started, finished }).toEqual({ started: [0, 1, 2], finished: [0] });
  });
});
