import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { acquireLock, type FolderLock, isLocked } from '../../src/local/folder-lock.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const nothing = (): void => undefined;

const take = async (file: string): Promise<FolderLock | undefined> => {
  const lock = await acquireLock(file, nothing);
  if (lock) onTestFinished(lock.release);
  return lock;
};

const takeElsewhere = async (file: string): Promise<{ child: ChildProcess; words: string }> => {
  const child = spawn(process.execPath, ['test/support/lock-holder.ts', file]);
  onTestFinished(() => void child.kill('SIGKILL'));
  const [words] = await once(child.stdout, 'data');
  return { child, words: String(words) };
};

it('is held by one, in this process and in others, until it is released', async () => {
  const file = join(temporaryFolder(), 'lock');
  const lock = await take(file);
  expect(isLocked(file)).toBe(true);
  expect(await take(file)).toBeUndefined();
  expect((await takeElsewhere(file)).words).toBe('refused');
  expect(isLocked(file)).toBe(true);
  lock?.release();
  lock?.release();
  expect(isLocked(file)).toBe(false);
  expect(await take(file)).toBeDefined();
});

it('is free when the process that had it is killed', async () => {
  const file = join(temporaryFolder(), 'lock');
  const { child, words } = await takeElsewhere(file);
  expect(words).toBe('taken');
  expect(isLocked(file)).toBe(true);
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
  expect(isLocked(file)).toBe(false);
  expect(await take(file)).toBeDefined();
});

it('is held under every name of the file, and not by a copy', async () => {
  const folder = temporaryFolder();
  const [file, link, copy] = ['lock', 'link', 'copy'].map((name) => join(folder, name)) as [
    ...[string, string, string],
  ];
  await takeElsewhere(file);
  symlinkSync(file, link);
  copyFileSync(file, copy);
  expect(isLocked(link)).toBe(true);
  expect(await take(link)).toBeUndefined();
  expect(isLocked(copy)).toBe(false);
  expect(await take(copy)).toBeDefined();
});

it('is not there where there is no file, and looking makes none', () => {
  const folder = temporaryFolder();
  expect(isLocked(join(folder, 'lock'))).toBe(false);
  expect(isLocked(join(folder, 'no', 'lock'))).toBe(false);
  expect(existsSync(join(folder, 'lock'))).toBe(false);
});

it('leaves nothing but its file, which stays empty', async () => {
  const folder = temporaryFolder();
  const lock = await take(join(folder, 'lock'));
  expect(readdirSync(folder)).toEqual(['lock']);
  lock?.release();
  expect(readdirSync(folder)).toEqual(['lock']);
});

it('shows only after what is stale was cleaned up', async () => {
  const file = join(temporaryFolder(), 'lock');
  const seen: boolean[] = [];
  const lock = await acquireLock(file, () => void seen.push(isLocked(file)));
  if (lock) onTestFinished(lock.release);
  expect({ seen, isLocked: isLocked(file) }).toEqual({ seen: [false], isLocked: true });
});

it('cleans nothing up that belongs to a running counter', async () => {
  const file = join(temporaryFolder(), 'lock');
  await take(file);
  const cleanUp = vi.fn();
  expect(await acquireLock(file, cleanUp)).toBeUndefined();
  expect(cleanUp).not.toHaveBeenCalled();
});

it('is free again when the cleaning fails', async () => {
  const file = join(temporaryFolder(), 'lock');
  const failing = acquireLock(file, () => {
    throw new Error('it cannot be removed');
  });
  await expect(failing).rejects.toThrow('it cannot be removed');
  expect(await take(file)).toBeDefined();
});

it('is had by a counter that starts while others look without a pause', async () => {
  const file = join(temporaryFolder(), 'lock');
  const look = `import { isLocked } from './src/local/folder-lock.ts';
    process.stdout.write('looking');
    for (;;) isLocked(${JSON.stringify(file)});`;
  (await acquireLock(file, nothing))?.release();
  const lookers = [1, 2].map(() => spawn(process.execPath, ['--input-type=module', '-e', look]));
  onTestFinished(() => void lookers.map((looker) => looker.kill('SIGKILL')));
  await Promise.all(lookers.map(({ stdout }) => once(stdout, 'data')));
  for (let start = 0; start < 30; start += 1) {
    const lock = await acquireLock(file, nothing);
    expect(lock).toBeDefined();
    lock?.release();
  }
});
