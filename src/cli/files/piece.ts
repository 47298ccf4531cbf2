/** A part of a file that should be one JSON value. */
export interface Piece {
  /** The number of its first line, from 1. */
  readonly line: number;
  /** Undefined if it is longer than the limit; it was then skipped and not kept in memory. */
  readonly bytes: Buffer | undefined;
  /** False for a last line without a newline, which a kill may have truncated. */
  readonly isEnded: boolean;
}

/** Collects the bytes of a piece, up to a limit. */
export interface PieceBuffer {
  readonly add: (part: Buffer) => void;
  readonly isEmpty: () => boolean;
  /** Returns the collected bytes, undefined if over the limit, and empties the buffer. */
  readonly take: () => Buffer | undefined;
}

/** Creates a buffer that keeps at most `maxBytes` bytes in memory. */
export const createPieceBuffer = (maxBytes: number): PieceBuffer => {
  let parts: Buffer[] = [];
  let bytes = 0;
  return {
    add: (part) => {
      bytes += part.length;
      if (bytes <= maxBytes) parts.push(part);
      else parts = [];
    },
    isEmpty: () => bytes === 0,
    take: () => {
      const taken = bytes <= maxBytes ? Buffer.concat(parts) : undefined;
      parts = [];
      bytes = 0;
      return taken;
    },
  };
};
