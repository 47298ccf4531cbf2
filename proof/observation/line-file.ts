import { writeFileSync } from 'node:fs';
import { UsageError } from '../../src/cli/command-error.ts';
import { readPieces } from '../../src/cli/files/read-pieces.ts';

const MAX_LINE_BYTES = 1_000_000;

// Replaces a line that is too long to read; it counts as an unreadable line of the observer.
const TOO_LONG = '{"observer"';

/** The lines of a file, gzipped or not. Throws a CommandError when it cannot be read. */
export const readLines = async (file: string): Promise<string[]> => {
  const lines: string[] = [];
  for await (const { bytes } of readPieces(file, MAX_LINE_BYTES))
    lines.push(bytes?.toString() ?? TOO_LONG);
  return lines;
};

/** Writes lines to a new file. Throws a UsageError when the file already exists. */
export const writeLines = (file: string, lines: readonly string[]): void => {
  try {
    writeFileSync(file, lines.map((line) => `${line}\n`).join(''), { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new UsageError(`${file} already exists; --to needs the name of a new file`);
  }
};
