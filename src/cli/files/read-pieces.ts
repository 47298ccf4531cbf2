import { createReadStream } from 'node:fs';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CommandError } from '../command-error.ts';
import { describeFileError } from './file-error.ts';
import type { Piece } from './piece.ts';
import { splitDocument } from './split-document.ts';
import { splitLines } from './split-lines.ts';

/**
 * Reads the JSON values of a file as text: one per line, or a document over several lines; with or
 * without gzip. Throws a CommandError if the file cannot be read to its end; the pieces before that
 * are complete.
 */
export async function* readPieces(file: string, maxBytes: number): AsyncGenerator<Piece> {
  const bytes = openBytes(file);
  let line = 0;
  try {
    const { head, chunks } = await peek(bytes);
    if (UTF_16.test(head)) throw new CommandError(`${file} is encoded in UTF-16. Save it as UTF-8`);
    const split = DOCUMENT.test(head) ? splitDocument : splitLines;
    for await (const piece of split(chunks, maxBytes)) {
      line = piece.line;
      yield piece;
    }
  } catch (cause) {
    if (cause instanceof CommandError) throw cause;
    const why = describeFileError(cause, file) ?? (cause as Error).message;
    throw new CommandError(`${file} cannot be read after line ${line}: ${why}`, { cause });
  } finally {
    bytes.destroy();
  }
}

const CHUNK_BYTES = 262_144;

const openBytes = (file: string): Readable => {
  const stream = createReadStream(file, { highWaterMark: CHUNK_BYTES });
  if (!file.endsWith('.gz')) return stream;
  // The pipeline destroys both streams on an error, and the reader gets it from the last one.
  return pipeline(stream, createGunzip({ chunkSize: CHUNK_BYTES }), () => undefined);
};

// Byte order marks, one character per byte. PowerShell writes UTF-16 by default.
const UTF_16 = /^(\xff\xfe|\xfe\xff)/;
const BYTE_ORDER_MARK = '\xef\xbb\xbf';
const HEAD_BYTES = 256;

// An array, an object whose first line is only its bracket, or the response of a Scan on one line.
const DOCUMENT =
  /^\s*(\[|\{\s*\n|\{\s*"(Items|Count|ScannedCount|ConsumedCapacity|LastEvaluatedKey)"\s*:)/;

/** Returns the first bytes, without a byte order mark, and all chunks including these. */
const peek = async (source: AsyncIterable<Buffer>) => {
  const iterator = source[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  while (head.length < HEAD_BYTES) {
    const { value, done } = await iterator.next();
    if (done) break;
    head = Buffer.concat([head, value]);
  }
  const hasMark = head.toString('latin1', 0, BYTE_ORDER_MARK.length) === BYTE_ORDER_MARK;
  const first = hasMark ? head.subarray(BYTE_ORDER_MARK.length) : head;
  async function* chunks(): AsyncGenerator<Buffer> {
    yield first;
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  return { head: first.toString('latin1', 0, HEAD_BYTES), chunks: chunks() };
};

const UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Parses a piece; returns its value, or why it is invalid. */
export const parsePiece = ({
  bytes,
}: Piece): { readonly value: unknown } | { readonly problem: string } => {
  if (bytes === undefined) return { problem: 'too long' };
  try {
    return { value: JSON.parse(UTF_8.decode(bytes)) };
  } catch (error) {
    return { problem: error instanceof SyntaxError ? 'not valid JSON' : 'not valid UTF-8' };
  }
};

const SPACE = 0x20;

/** Whether a piece contains only white space. */
export const isBlank = ({ bytes }: Piece): boolean => {
  if (bytes === undefined || (bytes[0] ?? SPACE) > SPACE) return false;
  return bytes.toString('latin1').trim() === '';
};
