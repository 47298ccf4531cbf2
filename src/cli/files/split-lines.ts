import { createPieceBuffer, type Piece } from './piece.ts';

const NEWLINE = 0x0a;

/**
 * Splits a file into lines, without their newlines. The bytes of a line longer than `maxBytes` are
 * not kept. Only a newline ends a line: JSON may contain U+2028 unescaped.
 */
export async function* splitLines(
  chunks: AsyncIterable<Buffer>,
  maxBytes: number,
): AsyncGenerator<Piece> {
  const buffer = createPieceBuffer(maxBytes);
  let line = 1;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      buffer.add(chunk.subarray(start, end));
      yield { line, bytes: buffer.take(), isEnded: true };
      line += 1;
      start = end + 1;
    }
    buffer.add(chunk.subarray(start));
  }
  if (!buffer.isEmpty()) yield { line, bytes: buffer.take(), isEnded: false };
}
