import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startEmulatorProcess } from '../../src/local/emulator-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PLATFORMS = ['linux', 'win32'] as const;

it.each(PLATFORMS)('runs a program until it is stopped (%s)', async (platform) => {
  const script = "console.error('started'); setInterval(() => undefined, 60_000)";
  const { child, ended, stop } = startEmulatorProcess(process.execPath, ['-e', script], platform);
  expect(String((await once(child.stderr ?? child, 'data'))[0])).toBe('started\n');
  await stop();
  await expect(ended).resolves.toBeUndefined();
  expect(() => process.kill(child.pid ?? 0, 0)).toThrow('ESRCH');
});

it.each(PLATFORMS)('tells that a program ended by itself (%s)', async (platform) => {
  const { ended } = startEmulatorProcess(process.execPath, ['-e', 'process.exit(3)'], platform);
  await expect(ended).rejects.toThrow('The embedded DynamoDB exited unexpectedly (3)');
});

it.each(PLATFORMS)('tells that a program cannot be started (%s)', async (platform) => {
  const missing = join(temporaryFolder(), 'dynoxide.exe');
  const { ended, stop } = startEmulatorProcess(missing, [], platform);
  // The shell's exit code, or the error of the system.
  await expect(ended).rejects.toThrow(/exited unexpectedly \((127|ENOENT)\)/);
  await expect(stop()).resolves.toBeUndefined();
});
