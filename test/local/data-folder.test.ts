import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { acquireDataFolder, dataFolder, ensureHashKey } from '../../src/local/data-folder.ts';
import { StartError } from '../../src/local/start-error.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const modeOf = (path: string): number => statSync(path).mode & 0o777;

const acquire = async (folder: string) => {
  const acquired = await acquireDataFolder(folder);
  onTestFinished(acquired.release);
  return acquired;
};

it('creates the folder, accessible by its owner only', async () => {
  const folder = join(temporaryFolder(), 'new', 'data');
  await acquire(folder);
  expect(modeOf(folder)).toBe(0o700);
});

it('keeps the mode of an existing folder', async () => {
  const folder = join(temporaryFolder(), 'shared');
  mkdirSync(folder);
  chmodSync(folder, 0o755);
  await acquire(folder);
  expect(modeOf(folder)).toBe(0o755);
});

it('locks a folder for one counter at a time', async () => {
  const folder = temporaryFolder();
  const first = await acquire(folder);
  await expect(acquireDataFolder(folder)).rejects.toThrow(
    new StartError(`The data folder ${folder} is in use: another counter is starting`),
  );
  first.release();
  await acquire(folder);
});

it('removes the stale instance file, even if two counters start at once', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'instance.json'), '{"url":"http://localhost:1"}');
  const starts = await Promise.allSettled([acquire(folder), acquire(folder)]);
  expect(starts.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(readdirSync(folder)).toEqual(['lock']);
});

it('creates its hash key once, readable by its owner only, and no other file', () => {
  const folder = temporaryFolder();
  const key = ensureHashKey(dataFolder(folder));
  expect(key).toMatch(/^[\w-]{43}$/);
  expect(readFileSync(join(folder, 'hash-key'), 'utf8')).toBe(key);
  expect(modeOf(join(folder, 'hash-key'))).toBe(0o600);
  expect(ensureHashKey(dataFolder(folder))).toBe(key);
  expect(readdirSync(folder)).toEqual(['hash-key']);
});

it('creates a different key in each folder', () => {
  const makeKey = () => ensureHashKey(dataFolder(temporaryFolder()));
  expect(makeKey()).not.toBe(makeKey());
});

it('makes a key unreadable for others', () => {
  const folder = temporaryFolder();
  ensureHashKey(dataFolder(folder));
  chmodSync(join(folder, 'hash-key'), 0o644);
  ensureHashKey(dataFolder(folder));
  expect(modeOf(join(folder, 'hash-key'))).toBe(0o600);
});

it.each(['', 'short'])('rejects the invalid key %j and says what to do', (key) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'hash-key'), key);
  const ensure = () => ensureHashKey(dataFolder(folder));
  expect(ensure).toThrow(StartError);
  expect(ensure).toThrow(/hash-key must have at least 32 characters.*Restore it/);
  expect(readFileSync(join(folder, 'hash-key'), 'utf8')).toBe(key);
});

it('does not replace a key that cannot be read', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'hash-key'));
  expect(() => ensureHashKey(dataFolder(folder))).toThrow('EISDIR');
  expect(statSync(join(folder, 'hash-key')).isDirectory()).toBe(true);
});

it.each(['', '/below'])('says that it is not a folder and what to do (file%s)', async (below) => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  await expect(acquireDataFolder(file + below)).rejects.toThrow(
    new StartError(
      `The data folder ${file}${below} cannot be used: it is not a folder. Fix this, or ` +
        'choose another folder: npm start -- --data DIR',
    ),
  );
});

it('rejects a folder whose lock is some other file, and keeps that file', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'lock'), 'mine');
  await expect(acquireDataFolder(folder)).rejects.toThrow('file is not a database');
  expect(readFileSync(join(folder, 'lock'), 'utf8')).toBe('mine');
});
