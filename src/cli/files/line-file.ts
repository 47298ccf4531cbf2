import {
  closeSync,
  constants,
  fstatSync,
  ftruncateSync,
  openSync,
  statSync,
  unlinkSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { CommandError, UsageError } from '../command-error.ts';
import { appendDurably, lengthOfWholeLines, syncFolder } from './durable.ts';
import { guardFile } from './file-error.ts';
import { fileIdentity, realPath } from './file-identity.ts';
import { type FileHeader, formatHeader, readHeader } from './file-header.ts';

/**
 * A file of lines that a command made, told by its first line. Every call throws a CommandError
 * that says in a sentence what is wrong with the file.
 */
export interface LineFile {
  readonly name: string;
  /** The length of its lines, without its mark; all are whole. */
  readonly bytes: () => number;
  /** Adds all of these lines or none; when it returns they survive a loss of power. */
  readonly append: (lines: readonly string[]) => void;
  /** Cuts its lines back to a length that they had. */
  readonly cutTo: (bytes: number) => void;
  readonly close: () => void;
  /** Closes and deletes it. */
  readonly remove: () => void;
}

/**
 * Opens the file with this mark, or makes it; an empty one is taken as well. What a kill left of a
 * half-written line is cut off. Throws a UsageError when another file is there, and touches nothing
 * then; a CommandError when the file cannot be used.
 */
export const openLineFile = (name: string, mark: FileHeader): LineFile => {
  if (!isOwnFile(name, mark)) return makeLineFile(name, mark);
  return guardFile(name, () => {
    const descriptor = openSync(name, constants.O_RDWR | constants.O_APPEND);
    const length = lengthOfWholeLines(descriptor);
    if (length < fstatSync(descriptor).size) ftruncateSync(descriptor, length);
    const file = lineFileOver(descriptor, { name, mark, length });
    if (length === 0) file.append([formatHeader(mark)]);
    return file;
  });
};

/** Whether the file is there, and ours. Throws a UsageError when another is there in its place. */
export const isOwnFile = (name: string, mark: FileHeader): boolean =>
  guardFile(name, () => {
    const found = statSync(name, { throwIfNoEntry: false });
    if (found === undefined) return false;
    if (found.isDirectory()) throw new UsageError(`${name} is a folder, not a file`);
    if (!found.isFile()) throw new UsageError(`${name} is no file on a disk`);
    if (found.size > 0) assertHeader(name, mark);
    return true;
  });

const assertHeader = (name: string, mark: FileHeader): void => {
  const found = readHeader(name);
  if (found?.kind === mark.kind && found.of === mark.of) return;
  const what =
    found === undefined
      ? 'is there, and this command did not make it'
      : `is there: ${found.kind} of ${found.of}`;
  throw new UsageError(`${name} ${what}. It stays as it is; name another file, or move it away`);
};

const makeLineFile = (name: string, mark: FileHeader): LineFile =>
  guardFile(name, () => {
    const flags = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | constants.O_EXCL;
    const file = lineFileOver(openSync(name, flags), { name, mark, length: 0 });
    try {
      file.append([formatHeader(mark)]);
      syncFolder(dirname(realPath(name)));
    } catch (error) {
      file.remove();
      throw error;
    }
    return file;
  });

const lineFileOver = (
  descriptor: number,
  {
    name,
    mark,
    length,
  }: { readonly name: string; readonly mark: FileHeader; readonly length: number },
): LineFile => {
  const markBytes = Buffer.byteLength(formatHeader(mark)) + 1;
  const identity = fileIdentity(name);
  let bytes = length;
  const assertAlone = (): void => {
    if (fileIdentity(name) !== identity) throw new CommandError(`${name} was moved or deleted`);
    if (fstatSync(descriptor).size === bytes) return;
    throw new CommandError(`Something else writes to ${name}`);
  };
  const cutTo = (wanted: number): void => {
    ftruncateSync(descriptor, wanted);
    bytes = wanted;
  };
  return {
    name,
    bytes: () => bytes - markBytes,
    append: (lines) =>
      guardFile(name, () => {
        assertAlone();
        bytes += appendDurably(descriptor, lines.map((line) => `${line}\n`).join(''));
      }),
    cutTo: (wanted) => guardFile(name, () => cutTo(markBytes + wanted)),
    close: () => guardFile(name, () => closeSync(descriptor)),
    remove: () =>
      guardFile(name, () => {
        if (fileIdentity(name) === identity) unlinkSync(realPath(name));
        closeSync(descriptor);
      }),
  };
};
