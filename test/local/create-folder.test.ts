import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { createFolder } from '../../src/local/create-folder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const modeOf = (path: string): number => statSync(path).mode & 0o777;

it('creates a folder and its parents, accessible by their owner only', () => {
  const parent = join(temporaryFolder(), 'new');
  createFolder(join(parent, 'data'));
  expect([modeOf(parent), modeOf(join(parent, 'data'))]).toEqual([0o700, 0o700]);
});

it('does not change an existing folder', () => {
  const folder = join(temporaryFolder(), 'shared');
  mkdirSync(folder);
  chmodSync(folder, 0o755);
  createFolder(folder);
  expect(modeOf(folder)).toBe(0o755);
});

it('fails where a file has the name of the folder or of a parent', () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  expect(() => createFolder(file)).toThrow('EEXIST');
  expect(() => createFolder(join(file, 'data'))).toThrow(/EEXIST|ENOTDIR/);
});

// In a process that can be killed, because the failure is an endless loop.
const MODULE = resolve(import.meta.dirname, '../../src/local/create-folder.ts');
const tryToCreate = (folder: string) => {
  const code = `import { createFolder } from ${JSON.stringify(MODULE)}; createFolder(process.argv[1]);`;
  const args = ['--input-type=module', '--eval', code, folder];
  return spawnSync(process.execPath, args, {
    ...{ encoding: 'utf8', timeout: 10_000, killSignal: 'SIGKILL' },
  });
};

it.runIf(process.platform === 'linux')('fails where no folder can be, and does not loop', () => {
  const { status, stderr } = tryToCreate('/proc/session-counter/data');
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('ENOENT') });
});
