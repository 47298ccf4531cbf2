import { StartError } from './start-error.ts';

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'you may not write there',
  EDQUOT: 'your disk quota is used up',
  EEXIST: 'it is not a folder',
  EFBIG: 'the limit for the size of files (ulimit -f) is too low',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'it is not a folder',
  EPERM: 'you may not write there',
  EROFS: 'it is on a file system that is read-only',
};

/**
 * What `action` returns. When it throws, and not a StartError, throws a StartError that says why
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
      `The data folder ${folder} cannot be used: ${REASONS[code] ?? message}. Put that right, or ` +
        'choose another folder: npm start -- --data DIR',
      { cause },
    );
  }
};
