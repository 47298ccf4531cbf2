import { existsSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { guardFile } from './file-error.ts';

/**
 * Identifies a file: all its names give the same value, whether by a link, a hard link or another
 * spelling. A file that does not exist yet is identified by its future path; its folder need not
 * exist either.
 */
export const fileIdentity = (file: string): string => {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false });
  return found ? `${found.dev}:${found.ino}` : futurePath(resolve(file));
};

const futurePath = (path: string): string =>
  existsSync(path) ? realPath(path) : join(futurePath(dirname(path)), basename(path));

/**
 * Resolves all links in the path of a file or folder. Throws a CommandError if it does not exist.
 */
export const realPath = (file: string): string => guardFile(file, () => realpathSync(file));
