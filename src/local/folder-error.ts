import { commandLine } from '../runtime/command-line.ts';
import { StartError } from './start-error.ts';

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EDQUOT: 'your disk quota is exceeded',
  EEXIST: 'it is not a folder',
  EFBIG: 'the file size limit (ulimit -f) is too low',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'it is not a folder',
  EPERM: 'permission denied',
  EROFS: 'its file system is read-only',
};

/**
 * Returns what `action` returns. Turns any error but a StartError into a StartError that says why
 * the data folder cannot be used and what to do.
 */
export const explainFolderError = async <Result>(
  folder: string,
  action: () => Result | Promise<Result>,
): Promise<Result> => {
  try {
    return await action();
  } catch (cause) {
    if (cause instanceof StartError) throw cause;
    const { code = '', message } = cause as NodeJS.ErrnoException;
    throw new StartError(
      `The data folder ${folder} cannot be used: ${REASONS[code] ?? message}. Fix this, or ` +
        `choose another folder: ${commandLine('start', '--data DIR')}`,
      { cause },
    );
  }
};
