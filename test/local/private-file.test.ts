import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writePrivateFile } from '../../src/local/private-file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

it('replaces a file that others could read by one that they cannot', () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, 'old');
  chmodSync(file, 0o644);
  writePrivateFile(file, 'new');
  expect(readFileSync(file, 'utf8')).toBe('new');
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

it('does not reuse a draft that others can write', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'file.draft'), 'left behind');
  chmodSync(join(folder, 'file.draft'), 0o666);
  writePrivateFile(join(folder, 'file'), 'new');
  expect(statSync(join(folder, 'file')).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['file']);
});

it('leaves no draft after a failure', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'file'));
  expect(() => writePrivateFile(join(folder, 'file'), 'text')).toThrow('EISDIR');
  expect(readdirSync(folder)).toEqual(['file']);
});
