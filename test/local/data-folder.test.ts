import { readFileSync, statSync, writeFileSync } from 'node:fs';
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

it('says which folder cannot be used', () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  expect(() => openDataFolder(file)).toThrow(StartError);
  expect(() => openDataFolder(file)).toThrow(file);
});
