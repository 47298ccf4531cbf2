import {
  appendFileSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';

/** How far an import is. */
export interface ImportState {
  /** What is imported, and whereto. */
  readonly name: string;
  readonly position: unknown;
  /** The length of the file of rejects, in bytes. */
  readonly rejectBytes: number;
  readonly sums: ImportSums;
}

export interface ImportSums {
  readonly read: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly writeUnits: number;
}

/** Nothing was imported yet. */
export const NO_SUMS: ImportSums = {
  ...{ read: 0, inserted: 0, updated: 0, unchanged: 0, rejected: 0, writeUnits: 0 },
};

/** The state in `file`; undefined when there is none, or it is of another import. */
export const readState = (file: string, name: string): ImportState | undefined => {
  if (!existsSync(file)) return undefined;
  const state: ImportState = JSON.parse(readFileSync(file, 'utf8'));
  return state.name === name ? state : undefined;
};

/** Keeps the state whole: a kill leaves the old or the new one. */
export const writeState = (file: string, state: ImportState): void => {
  writeFileSync(`${file}.new`, JSON.stringify(state));
  renameSync(`${file}.new`, file);
};

/** Forgets the state of an import that is done. */
export const removeState = (file: string): void => rmSync(file, { force: true });

/** Sets the file of rejects back to its first `bytes`, which are all that the state knows of. */
export const resetRejects = (file: string, bytes: number): void => {
  if (bytes === 0) rmSync(file, { force: true });
  else truncateSync(file, bytes);
};

/** Adds rejects to their file; the bytes that it grew by. */
export const appendRejects = (file: string, rejects: readonly object[]): number => {
  const text = rejects.map((reject) => `${JSON.stringify(reject)}\n`).join('');
  if (text !== '') appendFileSync(file, text);
  return Buffer.byteLength(text);
};
