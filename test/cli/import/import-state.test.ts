import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import {
  appendRejects,
  type ImportState,
  NO_SUMS,
  readState,
  removeState,
  resetRejects,
  writeState,
} from '../../../src/cli/import/import-state.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

let rejects: string;
let state: string;

beforeEach(() => {
  const folder = temporaryFolder();
  rejects = join(folder, 'rejects');
  state = join(folder, 'state');
});

const stateOf = (parts: Partial<ImportState> = {}): ImportState => ({
  ...{ name: 'rows.jsonl', position: 500, rejectBytes: 0, sums: NO_SUMS },
  ...parts,
});

it('leaves no reject twice, though a kill came between the rejects and the state', () => {
  const kept = appendRejects(rejects, [{ line: 1 }]);
  appendRejects(rejects, [{ line: 2 }]);
  resetRejects(rejects, kept);
  appendRejects(rejects, [{ line: 2 }]);
  expect(readFileSync(rejects, 'utf8')).toBe('{"line":1}\n{"line":2}\n');
});

it('counts rejects in bytes, not in characters', () => {
  const kept = appendRejects(rejects, [{ reason: 'größer' }]);
  appendRejects(rejects, [{ line: 2 }]);
  resetRejects(rejects, kept);
  expect(readFileSync(rejects, 'utf8')).toBe('{"reason":"größer"}\n');
});

it('begins without the rejects of an earlier import', () => {
  appendRejects(rejects, [{ line: 1 }]);
  resetRejects(rejects, 0);
  expect(appendRejects(rejects, [{ line: 2 }])).toBe(11);
  expect(readFileSync(rejects, 'utf8')).toBe('{"line":2}\n');
});

it('goes on with the state of the same import only, until it is removed', () => {
  writeState(state, stateOf());
  expect(readState(state, 'rows.jsonl')).toEqual(stateOf());
  expect(readState(state, 'others.jsonl')).toBeUndefined();
  removeState(state);
  expect(readState(state, 'rows.jsonl')).toBeUndefined();
});
