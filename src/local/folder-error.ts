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

/** What a folder is for, and the option that names it. */
export interface FolderUse {
  readonly name: string;
  readonly option: string;
}

const DATA_FOLDER: FolderUse = { name: 'data folder', option: '--data' };

export const HISTORY_FOLDER: FolderUse = { name: 'history folder', option: '--history' };

/**
 * Returns what `action` returns. Turns any error but a StartError into a StartError that says why
 * the folder cannot be used and what to do.
 */
export const explainFolderError = async <Result>(
  folder: string,
  action: () => Result | Promise<Result>,
  { name, option }: FolderUse = DATA_FOLDER,
): Promise<Result> => {
  try {
    return await action();
  } catch (cause) {
    if (cause instanceof StartError) throw cause;
    const { code = '', message } = cause as NodeJS.ErrnoException;
    throw new StartError(
      `The ${name} ${folder} cannot be used: ${REASONS[code] ?? message}. Fix this, or ` +
        `choose another folder: ${commandLine('start', `${option} DIR`)}`,
      { cause },
    );
  }
};
