import { createReadStream } from 'node:fs';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CommandError } from '../command-error.ts';
import { describeFileError } from './file-error.ts';
import type { Piece } from './piece.ts';
import { splitDocument } from './split-document.ts';
import { splitLines } from './split-lines.ts';

/**
 * The values of JSON in a file, each as the text that it is: one on each line, or a document that
 * goes over many; with or without gzip. Throws a CommandError when the file cannot be read to its
 * end; what came before is whole then.
 */
export async function* readPieces(file: string, maxBytes: number): AsyncGenerator<Piece> {
  const bytes = openBytes(file);
  let line = 0;
  try {
    const { head, chunks } = await peek(bytes);
    if (UTF_16.test(head)) throw new CommandError(`${file} is in UTF-16. Save it as UTF-8`);
    const split = DOCUMENT.test(head) ? splitDocument : splitLines;
    for await (const piece of split(chunks, maxBytes)) {
      line = piece.line;
      yield piece;
    }
  } catch (cause) {
    if (cause instanceof CommandError) throw cause;
    const why = describeFileError(cause, file) ?? (cause as Error).message;
    throw new CommandError(`${file} cannot be read on behind line ${line}: ${why}`, { cause });
  } finally {
    bytes.destroy();
  }
}

const CHUNK_BYTES = 262_144;

const openBytes = (file: string): Readable => {
  const stream = createReadStream(file, { highWaterMark: CHUNK_BYTES });
  if (!file.endsWith('.gz')) return stream;
  // Both ends hear of an error, and the reader gets it from the last.
  return pipeline(stream, createGunzip({ chunkSize: CHUNK_BYTES }), () => undefined);
};

// As bytes, one character for each. What PowerShell writes is UTF-16, unless told otherwise.
const UTF_16 = /^(\xff\xfe|\xfe\xff)/;
const BYTE_ORDER_MARK = '\xef\xbb\xbf';
const HEAD_BYTES = 256;

// An array, an object that begins on a line of its own, or the answer of a Scan on a single line.
const DOCUMENT =
  /^\s*(\[|\{\s*\n|\{\s*"(Items|Count|ScannedCount|ConsumedCapacity|LastEvaluatedKey)"\s*:)/;

/** The first bytes, without a byte order mark, and all chunks from these on. */
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

/** The value in a piece, or why there is none. */
export const parsePiece = ({
  bytes,
}: Piece): { readonly value: unknown } | { readonly problem: string } => {
  if (bytes === undefined) return { problem: 'too long' };
  try {
    return { value: JSON.parse(UTF_8.decode(bytes)) };
  } catch (error) {
    return { problem: error instanceof SyntaxError ? 'no JSON' : 'no UTF-8' };
  }
};

const SPACE = 0x20;

/** Whether there is nothing in a piece but white space. */
export const isBlank = ({ bytes }: Piece): boolean => {
  if (bytes === undefined || (bytes[0] ?? SPACE) > SPACE) return false;
  return bytes.toString('latin1').trim() === '';
};
