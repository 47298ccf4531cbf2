import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs';

/**
 * Adds the text to an open file, all of it or nothing; when it returns it survives a loss of
 * power. The bytes that the file grew by. Throws what the file system throws.
 */
export const appendDurably = (descriptor: number, text: string): number => {
  const content = Buffer.from(text);
  const before = fstatSync(descriptor).size;
  try {
    // A write may end short without an error, as the last one that fits on a disk does.
    for (let written = 0; written < content.length; ) {
      written += writeSync(descriptor, content, written);
    }
    fsyncSync(descriptor);
    return content.length;
  } catch (error) {
    cutBack(descriptor, before);
    throw error;
  }
};

// Where even this fails, the half-written line is cut off when the file is opened again.
const cutBack = (descriptor: number, bytes: number): void => {
  try {
    ftruncateSync(descriptor, bytes);
  } catch {}
};

/** Keeps a new file from being lost with the power, as it is while its folder does not know it. */
export const syncFolder = (folder: string): void => {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
};

const CHUNK = 65_536;
const NEWLINE = 0x0a;

/** The length of an open file without what follows its last line end, in bytes. */
export const lengthOfWholeLines = (descriptor: number): number => {
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
