import { describe, expect, it } from 'vitest';
import { rowsPerCheck, whileRunning } from '../../../src/cli/undo/while-running.ts';

describe('the rows between two checks', () => {
  it.each([
    { units: 1, perRow: 3, rows: 1 },
    { units: 50, perRow: 3, rows: 83 },
    { units: 50, perRow: 2, rows: 125 },
    { units: 100_000, perRow: 3, rows: 200 },
  ])('are $rows at $units units a second, $perRow for each row', ({ units, perRow, rows }) => {
    expect(rowsPerCheck(units, perRow)).toBe(rows);
  });
});

describe('work while a retract or a restore is running', () => {
  const work = async (row: number): Promise<number> => 10 * row;

  it('is done for each row, in order', async () => {
    const options = { assertRunning: async () => undefined, rowsPerCheck: 2, atOnce: 2 };
    expect(await whileRunning([1, 2, 3, 4, 5], options, work)).toEqual([10, 20, 30, 40, 50]);
  });

  it('ends at the first check that fails', async () => {
    const done: number[] = [];
    const assertRunning = async (): Promise<void> => {
      if (done.length >= 4) throw new Error('given up');
    };
    const rows = [1, 2, 3, 4, 5, 6, 7];
    const options = { assertRunning, rowsPerCheck: 2, atOnce: 1 };
    const running = whileRunning(rows, options, async (row) => done.push(row));
    await expect(running).rejects.toThrow('given up');
    expect(done).toEqual([1, 2, 3, 4]);
  });
});
