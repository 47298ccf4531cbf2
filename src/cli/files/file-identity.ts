import { realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { guardFile } from './file-error.ts';

/**
 * What two names have in common when they are of one file: by a link, a hard link or another
 * spelling. Of a file that is not there yet, it is where it will be.
 */
export const fileIdentity = (file: string): string => {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false });
  if (found) return `${found.dev}:${found.ino}`;
  const folder = dirname(resolve(file));
  return join(realPath(folder), basename(resolve(file)));
};

/** The one path of a file or folder. Throws a CommandError when it is not there. */
export const realPath = (file: string): string => guardFile(file, () => realpathSync(file));
