import { closeSync, openSync, readSync } from 'node:fs';

/** The first line of a file that a command created. Commands change or delete no other files. */
export interface FileHeader {
  readonly kind: FileKind;
  /** What the file belongs to, such as the ARN of a stream. */
  readonly of: string;
}

export type FileKind = 'recording' | 'import-rejects' | 'import-state';

// Neither rows nor stream records have a property of this name.
const METADATA_KEY = 'session-counter';

/** Formats a header, without a newline. */
export const formatHeader = ({ kind, of }: FileHeader): string =>
  JSON.stringify({ [METADATA_KEY]: kind, of });

/** Whether a parsed line is a header or other metadata, and not data. */
export const isMetadata = (line: object): boolean => Object.hasOwn(line, METADATA_KEY);

/** Formats a metadata line for the command that writes the file. */
export const formatMetadata = (kind: string, metadata: object): string =>
  JSON.stringify({ [METADATA_KEY]: kind, ...metadata });

const MAX_HEADER_BYTES = 65_536;

/** Reads the header of a file; undefined if it has none. Throws what the file system throws. */
export const readHeader = (name: string): FileHeader | undefined => {
  const descriptor = openSync(name, 'r');
  try {
    const head = Buffer.alloc(MAX_HEADER_BYTES);
    const start = head.subarray(0, readSync(descriptor, head, 0, MAX_HEADER_BYTES, 0));
    const end = start.indexOf('\n');
    return end < 0 ? undefined : parseHeader(start.toString('utf8', 0, end));
  } finally {
    closeSync(descriptor);
  }
};

const parseHeader = (line: string): FileHeader | undefined => {
  try {
    const { [METADATA_KEY]: kind, of } = JSON.parse(line);
    return typeof kind === 'string' && typeof of === 'string'
      ? { kind: kind as FileKind, of }
      : undefined;
  } catch {
    return undefined;
  }
};
