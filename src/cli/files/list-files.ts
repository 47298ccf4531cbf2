import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError, UsageError } from '../command-error.ts';
import { guardFile } from './file-error.ts';
import { fileIdentity } from './file-identity.ts';
import { type FileKind, readHeader } from './file-header.ts';

const DATA_FILE = /\.jsonl?(\.gz)?$/;

/**
 * The files that these paths name, and those of folders, in the order of their names; each once,
 * however it is spelled. What commands wrote is data only when it is of the `own` kind: in a folder
 * it is passed over. Throws a UsageError when one is named, a CommandError when a path cannot be read.
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
    // To look into a pipe is to take from it.
    if (!found.isFile()) return [path];
    const kind = readHeader(path)?.kind;
    if (kind === undefined || kind === own) return [path];
    throw new UsageError(`${path} holds no data: it is the ${kind} of another command`);
  });

const listFolder = (folder: string, own: FileKind | undefined): string[] => {
  const files = readdirSync(folder)
    .filter((name) => DATA_FILE.test(name))
    .sort()
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile())
    .filter((file) => [undefined, own].includes(readHeader(file)?.kind));
  if (files.length > 0) return files;
  throw new CommandError(
    `${folder} holds no file of data: none ends in .json or .jsonl, or in .gz behind that`,
  );
};
