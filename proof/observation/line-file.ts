import { writeFileSync } from 'node:fs';
import { UsageError } from '../../src/cli/command-error.ts';
import { readPieces } from '../../src/cli/files/read-pieces.ts';

const MAX_LINE_BYTES = 1_000_000;

// A line that is too long to read is one of the observer that cannot be read.
const TOO_LONG = '{"observer"';

/** The lines of a file, with or without gzip. Throws a CommandError when it cannot be read. */
export const readLines = async (file: string): Promise<string[]> => {
  const lines: string[] = [];
  for await (const { bytes } of readPieces(file, MAX_LINE_BYTES))
    lines.push(bytes?.toString() ?? TOO_LONG);
  return lines;
};

/** Writes lines to a new file. Throws a UsageError when there is one of this name. */
export const writeLines = (file: string, lines: readonly string[]): void => {
  try {
    writeFileSync(file, lines.map((line) => `${line}\n`).join(''), { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new UsageError(`${file} is there already; --to takes the name of a new file`);
  }
};
