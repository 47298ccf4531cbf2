import type { RawRow } from './old-row.ts';

/** A row as it is found, and where that was. */
export interface FoundRow {
  /** A file or a table. */
  readonly source: string;
  /** From 1; null in a table, which has no order. */
  readonly line: number | null;
  /** Or why there is none, as a sentence. */
  readonly raw: RawRow | string;
}

/** Neighbouring rows, and the position behind them. */
export interface RowChunk {
  readonly rows: readonly FoundRow[];
  /** JSON; only the source that gave it knows what it means. */
  readonly position: unknown;
}

/** Where rows come from. It can be read more than once. */
export interface RowSource {
  /** What it is, in words; the same when it is read again, whatever it holds then. */
  readonly name: string;
  /** Changes when what it holds may have. */
  readonly contents: string;
  /** The files that it reads. */
  readonly files: readonly string[];
  /** The rows behind a position, or all. Throws a CommandError when they cannot be read on. */
  readonly read: (position: unknown) => AsyncIterable<RowChunk>;
}

/** As many rows as are taken at a time. */
export const CHUNK_ROWS = 500;
