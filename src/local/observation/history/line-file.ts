import { appendFileSync, chmodSync, existsSync, readFileSync } from 'node:fs';
import { writePrivateFile } from '../../private-file.ts';

/** The complete lines of a file, without a torn last one, which a killed process left; none without a file. */
export const readLines = (file: string): string[] =>
  existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];

/** A file of lines that this process alone writes. */
export interface LineFile {
  /** Adds lines. `all` are the lines of the whole file with them, for when the file must be written anew. */
  readonly append: (lines: readonly string[], all: () => readonly string[]) => void;
}

/** Below this number of added lines, a file is never written anew. */
const MIN_ADDED = 10_000;

/**
 * Opens a file, private to its owner, and writes it anew: with `lines`, and again whenever more lines have been added
 * than it had. Both throw what the file system throws; after a failure, which may leave half a line, the next `append`
 * writes the file anew.
 */
export const openLineFile = (
  file: string,
  lines: readonly string[],
  minAdded = MIN_ADDED,
): LineFile => {
  let added = 0;
  let limit = 0;
  let isDamaged = false;
  const writeAll = (all: readonly string[]): void => {
    writePrivateFile(file, toText(all));
    added = 0;
    limit = Math.max(minAdded, all.length);
    isDamaged = false;
  };
  writeAll(lines);
  chmodSync(file, 0o600);
  return {
    append: (more, all) => {
      if (more.length === 0) return;
      if (isDamaged || added + more.length > limit) return writeAll(all());
      isDamaged = true;
      appendFileSync(file, toText(more));
      isDamaged = false;
      added += more.length;
    },
  };
};

const toText = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
