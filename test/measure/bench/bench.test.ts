import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import type { Row } from '../../../measure/bench/part/part.ts';
import { PART_NAMES, type PartName } from '../../../measure/bench/part/part-name.ts';
import type { Results } from '../../../measure/bench/results.ts';
import { ASSUMPTIONS } from '../../../measure/cost/assumptions.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const bench = (...args: string[]) =>
  promisify(execFile)(process.execPath, ['measure/bench/main.ts', ...args]);

it('meets every counted goal in a smoke run', { timeout: 240_000 }, async () => {
  const out = join(temporaryFolder(), 'results.json');
  await bench('--smoke', '--out', out);
  const { parts }: Results = JSON.parse(readFileSync(out, 'utf8'));
  expect(Object.keys(parts)).toEqual(PART_NAMES);
  const goals = Object.values(parts).flatMap((part) => part.goals);
  const counted = goals.filter(({ kind }) => kind === 'counted');
  expect(counted.length).toBeGreaterThan(10);
  expect(counted.filter(({ isMet }) => !isMet)).toEqual([]);
  expectCounts((name) => parts[name]?.rows ?? []);
});

/** The machine-independent numbers behind the goals. */
const expectCounts = (rowsOf: (name: PartName) => readonly Row[]): void => {
  const ours = rowsOf('page-view').filter(({ counter }) => counter === 'ours');
  expect(ours).toEqual(
    [100, 8_000].map((stored) =>
      expect.objectContaining({
        ...{ stored, requests: 3, 'read units': 1, 'write units': 2.5 },
        'error of the total': '0 %',
      }),
    ),
  );
  const old = rowsOf('page-view').find(
    (row) => row.counter === 'the old one' && row.stored !== 100,
  );
  expect(old).toMatchObject({ 'shown unique': 6_765, 'read units': 256.5 });
  const [, newAmongOthers, returning] = rowsOf('page-requests').map((row) => row['GET /counts']);
  expect((Number(newAmongOthers) + Number(returning)) / 2).toBe(ASSUMPTIONS.readsPerVisit);
  expect(rowsOf('page-requests').map(({ requests }) => requests)).toEqual([2, 3, 2, 3, 3, 5]);
  expect(rowsOf('projector').map((row) => row['writes a batch'])).toEqual([1, 1, 1, 1, 1, 1]);
  expect(rowsOf('several-counters').map((row) => row['writes a batch'])).toEqual(
    [1, 2, 3].flatMap(() => [1, 10, 1_000]),
  );
  expect(rowsOf('counters-on-page').map((row) => Object.values(row))).toEqual([
    ['site', 2, 3, 2, 3, 1],
    ['blog/1', 2, 3, 2, 3, 1],
    [2, 2, 5, 4, 6, 2],
    [10, 2, 21, 20, 30, 10],
  ]);
  expect(rowsOf('counter-item').map((row) => row['units a write'])).toEqual([
    ...[2, 2, 5, 9, 13, 16, 18],
  ]);
  expect(rowsOf('refresh-storm')).toMatchObject([
    { 'write units a visit': 3, 'of them in the index': 2, 'stream records a visit': 1 },
    { 'write units a visit': 1, 'of them in the index': 0, 'stream records a visit': 0 },
  ]);
};

it('lists its parts in the help text', async () => {
  const { stdout } = await bench('--help');
  for (const name of PART_NAMES) expect(stdout).toContain(name);
});

it.each([
  { args: ['--only', 'everything'], message: '--only must be one of page-view, active-sessions' },
  { args: ['--quick', '--full'], message: 'Either --smoke or --quick or --full' },
  { args: ['--seed', 'x'], message: '--seed must be a whole number, but it is x' },
  { args: ['--slow'], message: "Unknown option '--slow'" },
])('refuses $args with exit code 2', async ({ args, message }) => {
  await expect(bench(...args)).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining(message),
  });
});
