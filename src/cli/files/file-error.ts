import { CommandError, UsageError } from '../command-error.ts';

/** Messages for the file system errors that a user can do something about. */
const MESSAGES: Readonly<Record<string, (file: string) => string>> = {
  EACCES: (file) => `You do not have permission to access ${file}`,
  EBUSY: (file) => `${file} is in use`,
  EDQUOT: (file) => `The disk quota is used up: cannot write ${file}`,
  EEXIST: (file) => `${file} already exists`,
  EFBIG: (file) => `${file} has reached the maximum file size`,
  EIO: (file) => `Disk error while reading or writing ${file}`,
  EISDIR: (file) => `${file} is a directory, not a file`,
  ELOOP: (file) => `${file} is a symbolic link that never ends`,
  EMFILE: (file) => `Cannot open ${file}: too many files are open`,
  ENAMETOOLONG: (file) => `The file name ${file.slice(0, 40)}… is too long`,
  ENFILE: (file) => `Cannot open ${file}: too many files are open`,
  ENODEV: (file) => `${file} is on a device that does not exist`,
  ENOENT: (file) => `${file} does not exist`,
  ENOSPC: (file) => `The disk is full: cannot write ${file}`,
  ENOTDIR: (file) => `${file} does not exist: part of its path is not a directory`,
  ENXIO: (file) => `${file} cannot be read or written`,
  EPERM: (file) => `You do not have permission to access ${file}`,
  EROFS: (file) => `${file} is on a read-only file system`,
  ESTALE: (file) => `${file} is on a network file system that is no longer available`,
  ETXTBSY: (file) => `${file} is a running program`,
};

/**
 * Describes a file system error in a sentence; undefined for any other error. `file` is the name to
 * use if the error has none, as for an open file.
 */
export const describeFileError = (error: unknown, file?: string): string | undefined => {
  const { code, errno, path } = (error ?? {}) as NodeJS.ErrnoException;
  const describe = code === undefined ? undefined : MESSAGES[code];
  // Other parts of Node.js use the same codes, but without an error number of the operating system.
  if (describe === undefined || typeof errno !== 'number') return undefined;
  return describe(path ?? file ?? 'A file');
};

/**
 * Returns what `use` returns. Turns a file system error into a CommandError that names the file,
 * and rethrows the commands' own errors.
 */
export const guardFile = <Result>(file: string, use: () => Result): Result => {
  try {
    return use();
  } catch (cause) {
    if (cause instanceof CommandError || cause instanceof UsageError) throw cause;
    throw toCommandError(file, cause as Error);
  }
};

const toCommandError = (file: string, cause: Error): CommandError =>
  new CommandError(describeFileError(cause, file) ?? `${file}: ${cause.message}`, { cause });
