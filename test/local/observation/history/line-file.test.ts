import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openLineFile, readLines } from '../../../../src/local/observation/history/line-file.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const newFile = (): string => join(temporaryFolder(), 'lines');

const NEVER = (): never => {
  throw new Error('The file must not be written anew');
};

it('has the lines that it was opened with, and those that were added', () => {
  const file = newFile();
  const { append } = openLineFile(file, ['a', 'b']);
  append(['c'], NEVER);
  append([], NEVER);
  append(['d', 'e'], NEVER);
  expect(readLines(file)).toEqual(['a', 'b', 'c', 'd', 'e']);
});

it('is empty before it exists', () => {
  expect(readLines(newFile())).toEqual([]);
});

it('can be read by its owner only', () => {
  const file = newFile();
  writeFileSync(file, 'a\n');
  chmodSync(file, 0o644);
  openLineFile(file, ['a']).append(['b'], NEVER);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

it('loses a torn last line, and no other', () => {
  const file = newFile();
  openLineFile(file, ['a', 'b']);
  appendFileSync(file, '{"time":17');
  expect(readLines(file)).toEqual(['a', 'b']);
  openLineFile(file, readLines(file)).append(['c'], NEVER);
  expect(readFileSync(file, 'utf8')).toBe('a\nb\nc\n');
});

it('is written anew when more lines were added than it had', () => {
  const file = newFile();
  const { append } = openLineFile(file, ['a'], 2);
  append(['b', 'c'], NEVER);
  append(['d'], () => ['all', 'that', 'matters']);
  expect(readLines(file)).toEqual(['all', 'that', 'matters']);
  append(['1', '2', '3'], NEVER);
  expect(readLines(file)).toHaveLength(6);
});

it('is written anew after lines could not be added', () => {
  const file = newFile();
  const { append } = openLineFile(file, ['a']);
  rmSync(file);
  mkdirSync(file);
  expect(() => append(['b'], NEVER)).toThrow('EISDIR');
  rmdirSync(file);
  append(['c'], () => ['a', 'b', 'c']);
  expect(readLines(file)).toEqual(['a', 'b', 'c']);
});
