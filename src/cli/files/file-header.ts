import { closeSync, openSync, readSync } from 'node:fs';

/** What the first line of a file says that a command made: nothing else is ever written to or deleted. */
export interface FileHeader {
  readonly kind: FileKind;
  /** What the file is about. */
  readonly of: string;
}

export type FileKind = 'recording' | 'import-rejects' | 'import-state';

// No row and no stream record has an attribute of this name.
const MARK = 'session-counter';

/** The first line of a file of ours, without its end. */
export const formatHeader = ({ kind, of }: FileHeader): string => JSON.stringify({ [MARK]: kind, of });

/** Whether a line of JSON is the mark of a file, or another note of a command in it, and no data. */
export const isMetadata = (line: object): boolean => Object.hasOwn(line, MARK);

/** A line that is no data, for the command that wrote it. */
export const formatMetadata = (kind: string, note: object): string =>
  JSON.stringify({ [MARK]: kind, ...note });

const MARK_BYTES = 65_536;

/** The mark of a file; undefined without one. Throws what the file system throws. */
export const readHeader = (name: string): FileHeader | undefined => {
  const descriptor = openSync(name, 'r');
  try {
    const head = Buffer.alloc(MARK_BYTES);
    const start = head.subarray(0, readSync(descriptor, head, 0, MARK_BYTES, 0));
    const end = start.indexOf('\n');
    return end < 0 ? undefined : parseHeader(start.toString('utf8', 0, end));
  } finally {
    closeSync(descriptor);
  }
};

const parseHeader = (line: string): FileHeader | undefined => {
  try {
    const { [MARK]: kind, of } = JSON.parse(line);
    return typeof kind === 'string' && typeof of === 'string'
      ? { kind: kind as FileKind, of }
      : undefined;
  } catch {
    return undefined;
  }
};
