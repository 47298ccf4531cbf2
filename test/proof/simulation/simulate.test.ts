import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import type { Step } from '../../../proof/simulation/history.ts';

const simulate = (...args: string[]) => {
  const run = spawnSync(process.execPath, ['proof/simulation/simulate.ts', ...args], {
    encoding: 'utf8',
  });
  return { code: run.status, output: run.stdout + run.stderr };
};

const history: Step[] = [
  { op: 'visit', row: 1, count: 5 },
  { op: 'deliver', shard: 0, size: 3, container: 0, fault: 'crashAfter', attempt: 0 },
  { op: 'deliver', shard: 0, size: 5, container: 1, fault: 'none', attempt: 0 },
];

it('runs a given history', () => {
  expect(simulate('--history', JSON.stringify(history))).toEqual({
    code: 0,
    output: 'The counter was exact throughout.\n',
  });
});

it('reports the events of the histories from the given seed', () => {
  const { code, output } = simulate('--deliveries', '1000', '--seed', '42');
  expect(code).toBe(0);
  expect(output).toContain('Seed 42\n');
  expect(output).toMatch(/\| seeds \| \d+ from 42 \|/);
  expect(output).toContain('| **lost** | **0** |\n| **counted twice** | **0** |');
});

it('fails when a kind of event is rarer than required', () => {
  const { code, output } = simulate('--deliveries', '1000', '--seed', '42', '--least', '1000000');
  expect(code).toBe(1);
  expect(output).toContain('Too rare: ');
});
