import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs';

/** A file of lines that grows. */
export interface Recording {
  /** Adds lines; when it returns they survive a loss of power. */
  readonly append: (lines: readonly string[]) => void;
  readonly close: () => void;
}

/**
 * Opens or makes the file. What a kill left of a half-written line is cut off, since its record
 * comes again. Throws what the file system throws.
 */
export const openRecording = (file: string): Recording => {
  const descriptor = openSync(file, 'a+');
  ftruncateSync(descriptor, lengthOfWholeLines(descriptor));
  return {
    append: (lines) => {
      writeSync(descriptor, lines.map((line) => `${line}\n`).join(''));
      fsyncSync(descriptor);
    },
    close: () => closeSync(descriptor),
  };
};

const CHUNK = 65_536;
const NEWLINE = 0x0a;

const lengthOfWholeLines = (descriptor: number): number => {
  const chunk = Buffer.alloc(CHUNK);
  for (let end = fstatSync(descriptor).size; end > 0; ) {
    const start = Math.max(0, end - CHUNK);
    const length = readSync(descriptor, chunk, 0, end - start, start);
    const last = chunk.subarray(0, length).lastIndexOf(NEWLINE);
    if (last >= 0) return start + last + 1;
    end = start;
  }
  return 0;
};
