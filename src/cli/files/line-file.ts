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
import { appendDurably, appendFlags, lengthOfWholeLines, syncFolder } from './durable.ts';
import { guardFile } from './file-error.ts';
import { type FileHeader, formatHeader, readHeader } from './file-header.ts';
import { fileIdentity, realPath } from './file-identity.ts';

/**
 * A file of lines that a command created, recognized by its header. Every method throws a
 * CommandError that says what is wrong with the file.
 */
export interface LineFile {
  readonly name: string;
  /** The length of its lines in bytes, without the header. */
  readonly bytes: () => number;
  /** Appends all of these lines or none; they are on disk when it returns. */
  readonly append: (lines: readonly string[]) => void;
  /** Truncates its lines to an earlier length. */
  readonly truncateTo: (bytes: number) => void;
  readonly close: () => void;
  /** Closes and deletes it. */
  readonly remove: () => void;
}

/**
 * Opens the file with this header, or creates it; an empty file is also accepted. Removes a partial
 * last line that a kill left behind. Throws a UsageError if the file is something else, which it
 * leaves unchanged, and a CommandError if the file cannot be used.
 */
export const openLineFile = (name: string, header: FileHeader): LineFile => {
  if (!isOwnFile(name, header)) return createLineFile(name, header);
  return guardFile(name, () => {
    const descriptor = openSync(name, appendFlags());
    const length = lengthOfWholeLines(descriptor);
    if (length < fstatSync(descriptor).size) ftruncateSync(descriptor, length);
    const file = wrapDescriptor(descriptor, { name, header, length });
    if (length === 0) file.append([formatHeader(header)]);
    return file;
  });
};

/** Whether the file exists with this header. Throws a UsageError if it is something else. */
export const isOwnFile = (name: string, header: FileHeader): boolean =>
  guardFile(name, () => {
    const found = statSync(name, { throwIfNoEntry: false });
    if (found === undefined) return false;
    if (found.isDirectory()) throw new UsageError(`${name} is a directory, not a file`);
    if (!found.isFile()) throw new UsageError(`${name} is not a regular file`);
    if (found.size > 0) assertHeader(name, header);
    return true;
  });

const assertHeader = (name: string, header: FileHeader): void => {
  const found = readHeader(name);
  if (found?.kind === header.kind && found.of === header.of) return;
  const what =
    found === undefined
      ? 'exists and was not created by this command'
      : `already exists: ${found.kind} of ${found.of}`;
  throw new UsageError(`${name} ${what}. It was not changed; use another name, or move it away`);
};

const createLineFile = (name: string, header: FileHeader): LineFile =>
  guardFile(name, () => {
    const flags = appendFlags() | constants.O_CREAT | constants.O_EXCL;
    const file = wrapDescriptor(openSync(name, flags), { name, header, length: 0 });
    try {
      file.append([formatHeader(header)]);
      syncFolder(dirname(realPath(name)));
    } catch (error) {
      file.remove();
      throw error;
    }
    return file;
  });

const wrapDescriptor = (
  descriptor: number,
  {
    name,
    header,
    length,
  }: { readonly name: string; readonly header: FileHeader; readonly length: number },
): LineFile => {
  const headerBytes = Buffer.byteLength(formatHeader(header)) + 1;
  const identity = fileIdentity(name);
  let bytes = length;
  const assertUnchanged = (): void => {
    if (fileIdentity(name) !== identity) throw new CommandError(`${name} was moved or deleted`);
    if (fstatSync(descriptor).size === bytes) return;
    throw new CommandError(`Another process is writing to ${name}`);
  };
  const truncateTo = (wanted: number): void => {
    ftruncateSync(descriptor, wanted);
    bytes = wanted;
  };
  return {
    name,
    bytes: () => bytes - headerBytes,
    append: (lines) =>
      guardFile(name, () => {
        assertUnchanged();
        bytes += appendDurably(descriptor, lines.map((line) => `${line}\n`).join(''));
      }),
    truncateTo: (wanted) => guardFile(name, () => truncateTo(headerBytes + wanted)),
    close: () => guardFile(name, () => closeSync(descriptor)),
    remove: () =>
      guardFile(name, () => {
        if (fileIdentity(name) === identity) unlinkSync(realPath(name));
        closeSync(descriptor);
      }),
  };
};
