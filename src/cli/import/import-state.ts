import { readFileSync, statSync } from 'node:fs';
import { guardFile } from '../files/file-error.ts';
import type { ImportFiles } from './import-files.ts';

/** The progress of an import. */
export interface ImportState {
  /** Identifies the contents of the source; if they change, the import starts over. */
  readonly contents: string;
  /** The number of rows in the source. */
  readonly total: number;
  /** JSON, in a format of the source. */
  readonly position: unknown;
  /** The length of the rejects, in bytes. */
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

const NO_SUMS: ImportSums = {
  ...{ read: 0, inserted: 0, updated: 0, unchanged: 0, rejected: 0, writeUnits: 0 },
};

/** The state of an import before its first row. */
export const NOT_STARTED = { position: undefined, rejectBytes: 0, sums: NO_SUMS };

/**
 * Reads the state from the last complete line of a state file. Undefined if there is none, or if
 * the source has changed since. Throws a CommandError if the file cannot be read.
 */
export const readState = (file: string, contents: string): ImportState | undefined => {
  const [, ...lines] = guardFile(file, () => readLines(file));
  const last = lines.at(-1);
  const state: ImportState | undefined = last && JSON.parse(last);
  return state?.contents === contents ? state : undefined;
};

const readLines = (file: string): string[] =>
  statSync(file, { throwIfNoEntry: false })
    ? readFileSync(file, 'utf8').split('\n').slice(0, -1)
    : [];

/**
 * Truncates both files to the state from which the import continues, and returns that state. The
 * import starts over if rejects that the state refers to are missing.
 */
export const resumeFrom = ({ rejects, state }: ImportFiles, saved: ImportState): ImportState => {
  const isComplete = rejects.bytes() >= saved.rejectBytes;
  const from = isComplete ? saved : { ...saved, ...NOT_STARTED };
  rejects.truncateTo(from.rejectBytes);
  if (from.position === undefined) state.truncateTo(0);
  return from;
};

/**
 * Saves the rejects of a chunk, then the new state. After a kill in between, the chunk is repeated.
 */
export const saveChunk = (
  { rejects, state }: ImportFiles,
  rejected: readonly object[],
  reached: ImportState,
): ImportState => {
  if (rejected.length > 0) rejects.append(rejected.map((reject) => JSON.stringify(reject)));
  const saved = { ...reached, rejectBytes: rejects.bytes() };
  state.append([JSON.stringify(saved)]);
  return saved;
};
