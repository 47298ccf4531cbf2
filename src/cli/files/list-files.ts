import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError, UsageError } from '../command-error.ts';
import { guardFile } from './file-error.ts';
import { type FileKind, readHeader } from './file-header.ts';
import { fileIdentity } from './file-identity.ts';

const DATA_FILE = /\.jsonl?(\.gz)?$/;

/**
 * Lists the files at these paths, and those in folders in alphabetical order; each file once, even
 * if it has several names. A file that a command wrote is data only if it is of the `own` kind; in
 * a folder, others are skipped. Throws a UsageError if a path names one of the others, and a
 * CommandError if a path cannot be read.
 */
export const listFiles = (paths: readonly string[], own?: FileKind): string[] => {
  const byIdentity = new Map<string, string>();
  for (const file of paths.flatMap((path) => listPath(path, own))) {
    const identity = fileIdentity(file);
    if (!byIdentity.has(identity)) byIdentity.set(identity, file);
  }
  return [...byIdentity.values()];
};

const listPath = (path: string, own: FileKind | undefined): string[] =>
  guardFile(path, () => {
    const found = statSync(path);
    if (found.isDirectory()) return listFolder(path, own);
    // Reading a header from a pipe would consume it.
    if (!found.isFile()) return [path];
    const kind = readHeader(path)?.kind;
    if (kind === undefined || kind === own) return [path];
    throw new UsageError(`${path} is not a data file: it is the ${kind} file of another command`);
  });

const listFolder = (folder: string, own: FileKind | undefined): string[] => {
  const files = readdirSync(folder)
    .filter((name) => DATA_FILE.test(name))
    .sort()
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile())
    .filter((file) => [undefined, own].includes(readHeader(file)?.kind));
  if (files.length > 0) return files;
  throw new CommandError(`${folder} contains no data files (.json, .jsonl, .json.gz or .jsonl.gz)`);
};
