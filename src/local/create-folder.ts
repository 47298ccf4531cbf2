import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Creates a folder and its missing parents, accessible by their owner only; an existing folder does not change. Throws
 * what the file system throws.
 *
 * Unlike `mkdirSync` of Node.js 24 with the option `recursive`, it does not loop forever in /proc, where the parent exists
 * and `mkdir` still fails with ENOENT.
 */
export const createFolder = (folder: string): void => {
  if (isFolder(folder)) return;
  const parent = dirname(resolve(folder));
  if (parent !== folder) createFolder(parent);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process may have created it since.
    if (!isFolder(folder)) throw error;
  }
};

const isFolder = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
