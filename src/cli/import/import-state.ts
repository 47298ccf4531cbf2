import { readFileSync, statSync } from 'node:fs';
import { guardFile } from '../files/file-error.ts';
import type { ImportFiles } from './import-files.ts';

/** How far an import is. */
export interface ImportState {
  /** What its source held; another one is imported from its start. */
  readonly contents: string;
  /** All rows of the source. */
  readonly total: number;
  /** JSON; only the source knows what it means. */
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

/** Nothing is imported yet. */
export const NOT_STARTED = { position: undefined, rejectBytes: 0, sums: NO_SUMS };

/**
 * How far the import is that left this file, as its last whole line says. Undefined when there is
 * none, or what is imported has changed since. Throws a CommandError when it cannot be read.
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
 * Brings both files to where the import goes on, and tells where that is: at its start when rejects
 * that the state speaks of are gone.
 */
export const resumeFrom = ({ rejects, state }: ImportFiles, kept: ImportState): ImportState => {
  const isWhole = rejects.bytes() >= kept.rejectBytes;
  const from = isWhole ? kept : { ...kept, ...NOT_STARTED };
  rejects.cutTo(from.rejectBytes);
  if (from.position === undefined) state.cutTo(0);
  return from;
};

/** Keeps the rejects of a chunk, and then that it is done: a kill between leaves it undone. */
export const keepChunk = (
  { rejects, state }: ImportFiles,
  rejected: readonly object[],
  reached: ImportState,
): ImportState => {
  if (rejected.length > 0) rejects.append(rejected.map((reject) => JSON.stringify(reject)));
  const kept = { ...reached, rejectBytes: rejects.bytes() };
  state.append([JSON.stringify(kept)]);
  return kept;
};
