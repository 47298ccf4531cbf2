import { renameSync, rmSync, writeFileSync } from 'node:fs';

/**
 * Writes a file that its owner alone can read: the whole text, on the disk, or nothing at all. Two
 * processes must not write the same file at once. Throws what the file system throws.
 */
export const writePrivateFile = (file: string, text: string): void => {
  const draft = `${file}.draft`;
  try {
    rmSync(draft, { force: true }); // One that a killed process left may be open to others.
    writeFileSync(draft, text, { mode: 0o600, flag: 'wx', flush: true });
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
};
