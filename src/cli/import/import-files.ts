import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UsageError } from '../command-error.ts';
import { guardFile } from '../files/file-error.ts';
import { fileIdentity, realPath } from '../files/file-identity.ts';
import type { FileHeader } from '../files/file-header.ts';
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

// Of a table there is nothing on this disk to stand beside; git ignores what is in data/.
const TABLES_FOLDER = join('data', 'imports');

/**
 * The names of the files of an import, where they are not given: beside the first file or folder
 * that is imported, or in `data/imports` for a table. No import takes files of these names for data.
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
 * Makes sure that neither file is one of the sources, nor the other, nor anything that an import
 * like this one did not make. Touches nothing. Throws a UsageError.
 */
export const assertFree = (
  names: ImportFileNames,
  { sources, of }: { readonly sources: readonly string[]; readonly of: string },
): void => {
  const data = new Map(sources.map((source) => [fileIdentity(source), source]));
  for (const option of ['rejects', 'state'] as const) {
    const source = data.get(fileIdentity(names[option]));
    if (source === undefined) continue;
    throw new UsageError(`--${option} ${names[option]} is what is imported, ${source}`);
  }
  if (fileIdentity(names.rejects) === fileIdentity(names.state)) {
    throw new UsageError('--rejects and --state must be two files');
  }
  isOwnFile(names.rejects, rejectsMark(of));
  isOwnFile(names.state, stateMark(of));
};

/** Opens or makes both files. Throws what `openLineFile` throws. */
export const openImportFiles = (names: ImportFileNames, of: string): ImportFiles => {
  for (const name of Object.values(names)) {
    if (name.startsWith(TABLES_FOLDER)) makeFolder(dirname(name));
  }
  const rejects = openLineFile(names.rejects, rejectsMark(of));
  try {
    return { rejects, state: openLineFile(names.state, stateMark(of)) };
  } catch (error) {
    closeRejects(rejects);
    throw error;
  }
};

/** Closes both files, and removes those that are of no more use. */
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

const rejectsMark = (of: string): FileHeader => ({ kind: 'import-rejects', of });
const stateMark = (of: string): FileHeader => ({ kind: 'import-state', of });
