import { CommandError, UsageError } from '../command-error.ts';

/** Of the file system's errors those that a reader can do something about, as sentences. */
const SENTENCES: Readonly<Record<string, (file: string) => string>> = {
  EACCES: (file) => `You have no permission for ${file}`,
  EBUSY: (file) => `${file} is in use`,
  EDQUOT: (file) => `The disk quota is used up: ${file} cannot grow`,
  EEXIST: (file) => `${file} is there already`,
  EFBIG: (file) => `${file} has reached the largest size that a file may have here`,
  EIO: (file) => `The disk failed while ${file} was read or written`,
  EISDIR: (file) => `${file} is a folder, not a file`,
  ELOOP: (file) => `${file} is a link that leads nowhere`,
  EMFILE: (file) => `Too many files are open to open ${file} as well`,
  ENAMETOOLONG: (file) => `The name ${file.slice(0, 40)}… is too long for a file`,
  ENFILE: (file) => `Too many files are open to open ${file} as well`,
  ENODEV: (file) => `${file} is on a device that is gone`,
  ENOENT: (file) => `${file} is not there`,
  ENOSPC: (file) => `The disk is full: ${file} cannot grow`,
  ENOTDIR: (file) => `${file} is not there: a part of its path is no folder`,
  ENXIO: (file) => `${file} is no file that can be read or written`,
  EPERM: (file) => `You have no permission for ${file}`,
  EROFS: (file) => `${file} is on a read-only file system`,
  ESTALE: (file) => `${file} is on a network file system that was lost`,
  ETXTBSY: (file) => `${file} is a program that runs`,
};

/**
 * A sentence about an error of the file system; undefined for any other error. `file` names the
 * file when the error does not, as that of an open file.
 */
export const describeFileError = (error: unknown, file?: string): string | undefined => {
  const { code, errno, path } = (error ?? {}) as NodeJS.ErrnoException;
  const describe = code === undefined ? undefined : SENTENCES[code];
  // What other parts of Node call by the same code has no number of the operating system.
  if (describe === undefined || typeof errno !== 'number') return undefined;
  return describe(path ?? file ?? 'A file');
};

/**
 * What `use` returns, which uses this file. Throws a CommandError with a sentence where the file
 * system throws an error, and passes on the commands' own.
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
