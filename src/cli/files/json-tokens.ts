/** A structural character of JSON, and the text before it. */
export interface JsonToken {
  /** The text since the previous token. */
  readonly part: Buffer;
  /** One of { } [ ] , and newline; empty at the end of a chunk. */
  readonly char: string;
  /** From 1. */
  readonly line: number;
}

const OUTSIDE_STRINGS = /["{}[\],\n]/g;
const INSIDE_STRINGS = /["\\\n]/g;

/** Splits chunks of JSON, which may end anywhere, into tokens. Keeps no data between chunks. */
export const createTokenizer = (): ((chunk: Buffer) => Generator<JsonToken>) => {
  let isInString = false;
  let escaped = 0;
  let line = 1;
  return function* (chunk) {
    // One character per byte: structural characters are ASCII, which UTF-8 never uses in longer
    // sequences.
    const text = chunk.toString('latin1');
    let from = 0;
    let next = escaped;
    for (;;) {
      const found = search(isInString ? INSIDE_STRINGS : OUTSIDE_STRINGS, text, next);
      if (found === undefined) break;
      const char = text.charAt(found);
      next = found + (char === '\\' ? 2 : 1);
      if (char === '"') isInString = !isInString;
      if (char === '"' || char === '\\') continue;
      yield { part: chunk.subarray(from, found), char, line };
      from = next;
      if (char === '\n') line += 1;
    }
    escaped = Math.max(0, next - text.length);
    yield { part: chunk.subarray(from), char: '', line };
  };
};

const search = (pattern: RegExp, text: string, from: number): number | undefined => {
  pattern.lastIndex = from;
  return pattern.exec(text)?.index;
};
