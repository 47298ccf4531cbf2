import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { UsageError } from '../command-error.ts';
import { guardFile } from '../files/file-error.ts';
import { realPath } from '../files/file-identity.ts';
import { listFiles } from '../files/list-files.ts';
import type { Piece } from '../files/piece.ts';
import { isBlank, parsePiece, readPieces } from '../files/read-pieces.ts';
import type { RawRow, RowForm } from './old-row.ts';
import { CHUNK_ROWS, type FoundRow, type RowChunk, type RowSource } from './row-source.ts';

// A DynamoDB item has at most 400 kB, or 2.4 MB as JSON with every character escaped.
const MAX_ROW_BYTES = 4_000_000;

/**
 * Opens files, and all files in folders in alphabetical order, as a source of rows of this form. Throws a
 * UsageError if one is not a regular file or is a file of a command, and a CommandError if one
 * cannot be read.
 */
export const openFiles = (paths: readonly string[], form: RowForm): RowSource => {
  const files = listFiles(paths);
  return {
    name: describePaths(paths.map(realPath)),
    contents: describeContents(files),
    files,
    read: (position) => readFiles(files, form, Number(position ?? 0)),
  };
};

const MAX_NAMED = 10;

const describePaths = (paths: readonly string[]): string => {
  if (paths.length <= MAX_NAMED) return paths.join(', ');
  const digest = createHash('sha256').update(paths.join('\n')).digest('base64url');
  return `${paths[0]} and ${paths.length - 1} more (${digest})`;
};

const describeContents = (files: readonly string[]): string => {
  const digest = createHash('sha256');
  for (const file of files) {
    const found = guardFile(file, () => statSync(file));
    // An import reads its source twice, and again after a kill.
    if (!found.isFile()) throw new UsageError(`${file} is neither a regular file nor a directory`);
    digest.update(`${realPath(file)} ${found.size} ${found.mtimeMs}\n`);
  }
  return digest.digest('base64url');
};

async function* readFiles(
  files: readonly string[],
  form: RowForm,
  skipped: number,
): AsyncIterable<RowChunk> {
  let position = 0;
  let rows: FoundRow[] = [];
  let bytes = 0;
  for await (const { row, size } of readRows(files, form)) {
    position += 1;
    if (position <= skipped) continue;
    rows.push(row);
    bytes += size;
    if (rows.length < CHUNK_ROWS && bytes < MAX_ROW_BYTES) continue;
    yield { rows, position };
    rows = [];
    bytes = 0;
  }
  yield { rows, position };
}

async function* readRows(
  files: readonly string[],
  { pick }: RowForm,
): AsyncIterable<{ readonly row: FoundRow; readonly size: number }> {
  for (const source of files) {
    for await (const piece of readPieces(source, MAX_ROW_BYTES)) {
      if (isBlank(piece)) continue;
      const row = { source, line: piece.line, raw: readRaw(piece, pick) };
      yield { row, size: piece.bytes?.length ?? 0 };
    }
  }
}

const readRaw = (piece: Piece, pick: RowForm['pick']): RawRow | string => {
  const parsed = parsePiece(piece);
  if ('value' in parsed) return pick(parsed.value) ?? 'not a row';
  return parsed.problem === 'too long' ? 'too long for a row' : `not a row: ${parsed.problem}`;
};
