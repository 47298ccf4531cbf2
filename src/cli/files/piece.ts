/** A part of a file that should be one value of JSON. */
export interface Piece {
  /** The line on which it begins, from 1. */
  readonly line: number;
  /** Undefined when it is longer than the limit: it was passed over and not held. */
  readonly bytes: Buffer | undefined;
  /** False for a last line without an end, which a kill may have torn. */
  readonly isEnded: boolean;
}

/** Gathers the bytes of a piece, and holds no more of them than a limit. */
export interface PieceBuffer {
  readonly add: (part: Buffer) => void;
  readonly isEmpty: () => boolean;
  /** What was gathered, undefined when it is over the limit; then it is empty again. */
  readonly take: () => Buffer | undefined;
}

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
