import { renameSync, rmSync, writeFileSync } from 'node:fs';

/**
 * Writes a file that only its owner can read, atomically: the whole text is flushed to disk, or the
 * file does not change. Two processes must not write the same file at once. Throws what the file
 * system throws.
 */
export const writePrivateFile = (file: string, text: string): void => {
  const draft = `${file}.draft`;
  try {
    rmSync(draft, { force: true }); // A draft of a killed process may be readable by others.
    writeFileSync(draft, text, { mode: 0o600, flag: 'wx', flush: true });
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
};
