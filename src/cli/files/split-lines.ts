import { createPieceBuffer, type Piece } from './piece.ts';

const NEWLINE = 0x0a;

/**
 * The lines of a file, without their ends; of one that is longer than `maxBytes` only where it is.
 * A line ends with a newline and with nothing else: JSON may hold U+2028 as it is.
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
