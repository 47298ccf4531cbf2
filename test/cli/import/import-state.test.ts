import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import {
  closeImportFiles,
  type ImportFileNames,
  type ImportFiles,
  openImportFiles,
} from '../../../src/cli/import/import-files.ts';
import {
  type ImportState,
  NOT_STARTED,
  readState,
  resumeFrom,
  saveChunk,
} from '../../../src/cli/import/import-state.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

let names: ImportFileNames;
let files: ImportFiles;
const START: ImportState = { contents: 'rows.jsonl', total: 1_000, ...NOT_STARTED };

beforeEach(() => {
  const folder = temporaryFolder();
  names = { rejects: join(folder, 'rejects'), state: join(folder, 'state') };
  files = openImportFiles(names, 'rows');
});

const linesOf = (file: string): string[] => readFileSync(file, 'utf8').split('\n').slice(1, -1);
const reopen = (): ImportState => {
  closeImportFiles(files, { isDone: false });
  files = openImportFiles(names, 'rows');
  return resumeFrom(files, readState(names.state, 'rows.jsonl') ?? START);
};

it('never duplicates a reject, even after a kill between rejects and state', () => {
  const saved = saveChunk(files, [{ reason: 'größer' }], { ...START, position: 500 });
  files.rejects.append(['{"reason":"two"}']);
  expect(reopen()).toEqual(saved);
  saveChunk(files, [{ reason: 'two' }], { ...saved, position: 1_000 });
  expect(linesOf(names.rejects)).toEqual(['{"reason":"größer"}', '{"reason":"two"}']);
  expect(readState(names.state, 'rows.jsonl')).toMatchObject({ position: 1_000 });
});

it('starts over without the old rejects if the source has changed', () => {
  saveChunk(files, [{ line: 1 }], { ...START, contents: 'other rows', position: 500 });
  expect(reopen()).toEqual(START);
  expect(linesOf(names.rejects)).toEqual([]);
  expect(linesOf(names.state)).toEqual([]);
});

it('starts over if rejects that it refers to are missing', () => {
  saveChunk(files, [{ line: 1 }], { ...START, position: 500 });
  files.rejects.truncateTo(0);
  expect(reopen()).toEqual(START);
});
