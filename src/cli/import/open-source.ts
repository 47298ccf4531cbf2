import { UsageError } from '../command-error.ts';
import { createTableClient, type Target } from '../target/target.ts';
import { openFiles } from './file-source.ts';
import type { RowForm } from './old-row.ts';
import type { RowSource } from './row-source.ts';
import type { SourceOptions } from './source-options.ts';
import { identifyTable, openTable, SESSION_KEYS } from './table-source.ts';

/** A source of rows, and the identity of the sessions table that they are for. */
export interface OpenSource {
  readonly source: RowSource;
  readonly into: string;
}

/**
 * Opens a source of rows of this form for the sessions table of a target. Throws a UsageError if they are the same
 * table, a CommandError if one of them cannot be used, and otherwise what the SDK throws.
 */
export const openSource = async (
  from: SourceOptions,
  target: Target,
  form: RowForm,
): Promise<OpenSource> => {
  const source = await open(from, target, form);
  const into = await identifyTable(target.client, target.sessionsTable, SESSION_KEYS);
  if (source.contents !== into) return { source, into };
  throw new UsageError('--from-table must be a different table than the target');
};

const open = async (from: SourceOptions, target: Target, form: RowForm): Promise<RowSource> => {
  if ('paths' in from) return openFiles(from.paths, form);
  const isSamePlace = Object.keys(from.location).length === 0;
  const client = isSamePlace ? target.client : createTableClient(from.location);
  return openTable(client, from.table, form);
};
