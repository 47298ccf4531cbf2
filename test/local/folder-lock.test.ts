import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { acquireLock, type FolderLock, isLocked } from '../../src/local/folder-lock.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// Short, because in these tests no lock is released while another start waits for it.
const SHORT_MS = 50;

const nothing = (): void => undefined;

const acquire = async (file: string): Promise<FolderLock | undefined> => {
  const lock = await acquireLock(file, nothing, SHORT_MS);
  if (lock) onTestFinished(lock.release);
  return lock;
};

const acquireInChild = async (file: string): Promise<{ child: ChildProcess; output: string }> => {
  const child = spawn(process.execPath, ['test/support/lock-holder.ts', file]);
  onTestFinished(() => void child.kill('SIGKILL'));
  const [output] = await once(child.stdout, 'data');
  return { child, output: String(output) };
};

it('is held once, across processes, until it is released', async () => {
  const file = join(temporaryFolder(), 'lock');
  const lock = await acquire(file);
  expect(isLocked(file)).toBe(true);
  expect(await acquire(file)).toBeUndefined();
  expect((await acquireInChild(file)).output).toBe('refused');
  expect(isLocked(file)).toBe(true);
  lock?.release();
  lock?.release();
  expect(isLocked(file)).toBe(false);
  expect(await acquire(file)).toBeDefined();
});

it('is free after its process was killed', async () => {
  const file = join(temporaryFolder(), 'lock');
  const { child, output } = await acquireInChild(file);
  expect(output).toBe('taken');
  expect(isLocked(file)).toBe(true);
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
  expect(isLocked(file)).toBe(false);
  expect(await acquire(file)).toBeDefined();
});

it('applies to every path of the file, but not to a copy', async () => {
  const folder = temporaryFolder();
  const [file, link, copy] = ['lock', 'link', 'copy'].map((name) => join(folder, name)) as [
    ...[string, string, string],
  ];
  await acquireInChild(file);
  symlinkSync(file, link);
  copyFileSync(file, copy);
  expect(isLocked(link)).toBe(true);
  expect(await acquire(link)).toBeUndefined();
  expect(isLocked(copy)).toBe(false);
  expect(await acquire(copy)).toBeDefined();
});

it('is free if there is no file, and checking creates none', () => {
  const folder = temporaryFolder();
  expect(isLocked(join(folder, 'lock'))).toBe(false);
  expect(isLocked(join(folder, 'no', 'lock'))).toBe(false);
  expect(existsSync(join(folder, 'lock'))).toBe(false);
});

it('leaves only its empty file', async () => {
  const folder = temporaryFolder();
  const lock = await acquire(join(folder, 'lock'));
  expect(readdirSync(folder)).toEqual(['lock']);
  lock?.release();
  expect(readdirSync(folder)).toEqual(['lock']);
});

it('is visible only after the cleanup', async () => {
  const file = join(temporaryFolder(), 'lock');
  const seen: boolean[] = [];
  const lock = await acquireLock(file, () => void seen.push(isLocked(file)));
  if (lock) onTestFinished(lock.release);
  expect({ seen, isLocked: isLocked(file) }).toEqual({ seen: [false], isLocked: true });
});

it('runs no cleanup while a counter runs', async () => {
  const file = join(temporaryFolder(), 'lock');
  await acquire(file);
  const cleanUp = vi.fn();
  expect(await acquireLock(file, cleanUp, SHORT_MS)).toBeUndefined();
  expect(cleanUp).not.toHaveBeenCalled();
});

it('is free again if the cleanup fails', async () => {
  const file = join(temporaryFolder(), 'lock');
  const failing = acquireLock(file, () => {
    throw new Error('cannot be removed');
  });
  await expect(failing).rejects.toThrow('cannot be removed');
  expect(await acquire(file)).toBeDefined();
});

it('can be acquired while others check it continuously', async () => {
  const file = join(temporaryFolder(), 'lock');
  const check = `import { isLocked } from './src/local/folder-lock.ts';
    process.stdout.write('checking');
    for (;;) isLocked(${JSON.stringify(file)});`;
  (await acquireLock(file, nothing))?.release();
  const checkers = [1, 2].map(() => spawn(process.execPath, ['--input-type=module', '-e', check]));
  onTestFinished(() => void checkers.map((checker) => checker.kill('SIGKILL')));
  await Promise.all(checkers.map(({ stdout }) => once(stdout, 'data')));
  for (let start = 0; start < 30; start += 1) {
    const lock = await acquireLock(file, nothing);
    expect(lock).toBeDefined();
    lock?.release();
  }
});
