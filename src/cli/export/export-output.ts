import {
  closeSync,
  fsyncSync,
  openSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { CommandError, UsageError } from '../command-error.ts';
import type { Console } from '../console/console.ts';
import { syncFolder } from '../files/durable.ts';
import { describeFileError, guardFile } from '../files/file-error.ts';
import { realPath } from '../files/file-identity.ts';

/** Where an export goes. Its methods throw a CommandError that says what is wrong. */
export interface ExportOutput {
  readonly write: (text: string) => Promise<void>;
  /** Completes the export. */
  readonly finish: () => void;
  /** Removes an export that is not complete. Never throws. */
  readonly discard: () => void;
}

/** Standard output; what was written to it stays when the export fails. */
export const standardOutput = ({ write }: Pick<Console, 'write'>): ExportOutput => ({
  write: (text) =>
    write(text).catch((cause: Error) => {
      const closed = `Standard output was closed before the export was complete (${cause.message})`;
      // A pipe whose reader has ended has no message of its own.
      throw new CommandError(describeFileError(cause, 'standard output') ?? closed, { cause });
    }),
  finish: () => undefined,
  discard: () => undefined,
});

/**
 * A file, which has its content only once the export is complete and on disk; until then the content is in a file
 * beside it. Throws a UsageError if the file exists, unless it is a regular file that `isReplaced`, and a CommandError
 * if it cannot be created.
 */
export const openExportFile = (name: string, isReplaced: boolean): ExportOutput => {
  const isNew = claimName(name, isReplaced);
  const path = realPath(name);
  const part = `${path}.${process.pid}.part`;
  const discardClaim = (): void => {
    if (isNew) unlinkSync(path);
  };
  const descriptor = openPart(part, discardClaim);
  const finish = (): void => {
    fsyncSync(descriptor);
    closeSync(descriptor); // Windows renames no open file.
    renameSync(part, path);
    syncFolder(dirname(path));
  };
  return {
    write: async (text) => guardFile(name, () => writeFileSync(descriptor, text)),
    finish: () => guardFile(name, finish),
    discard: () => {
      for (const step of [() => closeSync(descriptor), () => unlinkSync(part), discardClaim]) {
        tryTo(step);
      }
    },
  };
};

// The error that made the export fail is the one to report.
const tryTo = (step: () => void): void => {
  try {
    step();
  } catch {}
};

const openPart = (part: string, discardClaim: () => void): number =>
  guardFile(part, () => {
    try {
      return openSync(part, 'wx');
    } catch (error) {
      discardClaim();
      throw error;
    }
  });

/** Creates the file, empty, so that no other process gets the name, or checks the one that is replaced; returns whether it is new. */
const claimName = (name: string, isReplaced: boolean): boolean =>
  guardFile(name, () => {
    const found = statSync(name, { throwIfNoEntry: false });
    if (found === undefined) {
      closeSync(openSync(name, 'wx'));
      return true;
    }
    if (found.isDirectory()) throw new UsageError(`${name} is a directory, not a file`);
    if (!found.isFile()) throw new UsageError(`${name} is not a regular file`);
    if (isReplaced) return false;
    throw new UsageError(
      `${name} already exists. It was not changed; use another name, or replace it with --overwrite`,
    );
  });
