import type { RawRow } from './old-row.ts';

/** An unvalidated row and its origin. */
export interface FoundRow {
  /** A file or a table. */
  readonly source: string;
  /** From 1; null in a table, which has no lines. */
  readonly line: number | null;
  /** Why it is not a row, if it is a string. */
  readonly raw: RawRow | string;
}

/** Consecutive rows, and the position after them. */
export interface RowChunk {
  readonly rows: readonly FoundRow[];
  /** JSON, in a format of the source. */
  readonly position: unknown;
}

/** A source of rows that can be read more than once. */
export interface RowSource {
  /** Describes the source; does not depend on its contents. */
  readonly name: string;
  /** Identifies the contents; differs if they may have changed. */
  readonly contents: string;
  /** The files that it reads. */
  readonly files: readonly string[];
  /** Reads the rows after a position, or all. Throws a CommandError if reading fails. */
  readonly read: (position: unknown) => AsyncIterable<RowChunk>;
}

/** The number of rows in a chunk. */
export const CHUNK_ROWS = 500;
