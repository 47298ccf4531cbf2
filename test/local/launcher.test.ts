import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { isRunning } from '../../src/local/launcher.ts';

it('tells whether a process runs', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 60_000)']);
  const { pid = 0 } = child;
  expect(isRunning(pid)).toBe(true);
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
  expect(isRunning(pid)).toBe(false);
});
