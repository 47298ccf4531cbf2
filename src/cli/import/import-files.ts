import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UsageError } from '../command-error.ts';
import { guardFile } from '../files/file-error.ts';
import type { FileHeader } from '../files/file-header.ts';
import { fileIdentity, realPath } from '../files/file-identity.ts';
import { isOwnFile, type LineFile, openLineFile } from '../files/line-file.ts';

/** The names of the two files that an import writes. */
export interface ImportFileNames {
  readonly rejects: string;
  readonly state: string;
}

/** The two files of an import, open. */
export interface ImportFiles {
  readonly rejects: LineFile;
  readonly state: LineFile;
}

// A table has no folder on this disk; git ignores data/.
const TABLES_FOLDER = join('data', 'imports');

/**
 * Names the files of an import. By default they are next to the first file or folder that is
 * imported, or in `data/imports` for a table. No import reads files with the default names as data.
 */
export const nameImportFiles = (
  from: { readonly table: string } | { readonly paths: readonly string[] },
  given: Partial<ImportFileNames>,
): ImportFileNames => {
  const source = 'table' in from ? join(TABLES_FOLDER, from.table) : realPath(from.paths[0] ?? '.');
  return {
    rejects: given.rejects ?? `${source}.import-rejects`,
    state: given.state ?? `${source}.import-state`,
  };
};

/**
 * Throws a UsageError if one of the files is a source, if both are the same file, or if one exists
 * and was not created by an earlier run of the same import. Changes nothing.
 */
export const assertUsable = (
  names: ImportFileNames,
  { sources, of }: { readonly sources: readonly string[]; readonly of: string },
): void => {
  const data = new Map(sources.map((source) => [fileIdentity(source), source]));
  for (const option of ['rejects', 'state'] as const) {
    const source = data.get(fileIdentity(names[option]));
    if (source === undefined) continue;
    throw new UsageError(`--${option} ${names[option]} is the file to import, ${source}`);
  }
  if (fileIdentity(names.rejects) === fileIdentity(names.state)) {
    throw new UsageError('--rejects and --state must be different files');
  }
  isOwnFile(names.rejects, rejectsHeader(of));
  isOwnFile(names.state, stateHeader(of));
};

/** Opens or creates both files. Throws what `openLineFile` throws. */
export const openImportFiles = (names: ImportFileNames, of: string): ImportFiles => {
  for (const name of Object.values(names)) {
    if (name.startsWith(TABLES_FOLDER)) makeFolder(dirname(name));
  }
  const rejects = openLineFile(names.rejects, rejectsHeader(of));
  try {
    return { rejects, state: openLineFile(names.state, stateHeader(of)) };
  } catch (error) {
    closeRejects(rejects);
    throw error;
  }
};

/** Closes both files, and deletes those that are no longer needed. */
export const closeImportFiles = (
  { rejects, state }: ImportFiles,
  { isDone }: { readonly isDone: boolean },
): void => {
  if (isDone || state.bytes() === 0) state.remove();
  else state.close();
  closeRejects(rejects);
};

const closeRejects = (rejects: LineFile): void => {
  if (rejects.bytes() === 0) rejects.remove();
  else rejects.close();
};

const makeFolder = (folder: string): void =>
  void guardFile(folder, () => mkdirSync(folder, { recursive: true }));

const rejectsHeader = (of: string): FileHeader => ({ kind: 'import-rejects', of });
const stateHeader = (of: string): FileHeader => ({ kind: 'import-state', of });
