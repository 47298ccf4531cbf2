import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openDataFolder } from '../../src/local/data-folder.ts';
import { StartError } from '../../src/local/start-error.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

it('makes its hash key once, for nobody else to read', () => {
  const folder = join(temporaryFolder(), 'new', 'data');
  const { hashKey } = openDataFolder(folder);
  expect(hashKey).toMatch(/^[\w-]{43}$/);
  expect(readFileSync(join(folder, 'hash-key'), 'utf8')).toBe(hashKey);
  expect(statSync(join(folder, 'hash-key')).mode & 0o777).toBe(0o600);
  expect(openDataFolder(folder).hashKey).toBe(hashKey);
});

it('makes another key in another folder', () => {
  expect(openDataFolder(temporaryFolder()).hashKey).not.toBe(
    openDataFolder(temporaryFolder()).hashKey,
  );
});

it('leaves nothing beside the key', () => {
  const folder = temporaryFolder();
  openDataFolder(folder);
  expect(readdirSync(folder)).toEqual(['hash-key']);
});

it('takes a key away from others who could read it', () => {
  const folder = temporaryFolder();
  openDataFolder(folder);
  chmodSync(join(folder, 'hash-key'), 0o644);
  openDataFolder(folder);
  expect(statSync(join(folder, 'hash-key')).mode & 0o777).toBe(0o600);
});

it.each(['', 'short'])('stops the start at the broken key %j and says what to do', (key) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'hash-key'), key);
  expect(() => openDataFolder(folder)).toThrow(StartError);
  expect(() => openDataFolder(folder)).toThrow(/hash-key must have 32 characters.*restore it/);
});

it('says which folder cannot be used', () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  expect(() => openDataFolder(file)).toThrow(StartError);
  expect(() => openDataFolder(file)).toThrow(file);
});
