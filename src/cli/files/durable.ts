import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs';

/**
 * Appends all of the text to an open file or nothing. The text is on disk when it returns. Returns
 * the number of bytes written. Throws what the file system throws.
 */
export const appendDurably = (descriptor: number, text: string): number => {
  const content = Buffer.from(text);
  const before = fstatSync(descriptor).size;
  try {
    // A write may be partial without an error, for example the last one that fits on a disk.
    for (let written = 0; written < content.length; ) {
      const position = before + written; // Ignored where the file is open for appending.
      written += writeSync(descriptor, content, written, content.length - written, position);
    }
    fsyncSync(descriptor);
    return content.length;
  } catch (error) {
    truncateTo(descriptor, before);
    throw error;
  }
};

// If even this fails, the partial line is removed when the file is opened again.
const truncateTo = (descriptor: number, bytes: number): void => {
  try {
    ftruncateSync(descriptor, bytes);
  } catch {}
};

/**
 * How to open a file for `appendDurably` that may also be truncated. On Windows, a file that is open for
 * appending cannot be truncated; elsewhere it can, and two processes cannot overwrite each other's lines.
 *
 * @see https://github.com/libuv/libuv/blob/v1.51.0/src/win/fs.c (UV_FS_O_APPEND takes FILE_WRITE_DATA away)
 */
export const appendFlags = (platform: NodeJS.Platform = process.platform): number =>
  platform === 'win32' ? constants.O_RDWR : constants.O_RDWR | constants.O_APPEND;

/**
 * Writes a folder's entries to disk: until then, a power failure can lose a new file in it. Does nothing on
 * Windows, which flushes no folder that is open for reading, and Node.js opens none for writing.
 */
export const syncFolder = (folder: string, platform: NodeJS.Platform = process.platform): void => {
  if (platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
};

const CHUNK_BYTES = 65_536;
const NEWLINE = 0x0a;

/** Returns the length of an open file up to and including its last newline, in bytes. */
export const lengthOfWholeLines = (descriptor: number): number => {
  const chunk = Buffer.alloc(CHUNK_BYTES);
  for (let end = fstatSync(descriptor).size; end > 0; ) {
    const start = Math.max(0, end - CHUNK_BYTES);
    const length = readSync(descriptor, chunk, 0, end - start, start);
    const last = chunk.subarray(0, length).lastIndexOf(NEWLINE);
    if (last >= 0) return start + last + 1;
    end = start;
  }
  return 0;
};
