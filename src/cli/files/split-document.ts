import { createTokenizer, type JsonToken } from './json-tokens.ts';
import { createPieceBuffer, type Piece, type PieceBuffer } from './piece.ts';

/**
 * Splits JSON over several lines into rows: the values of an array, the values of an object's array
 * `Items`, as `aws dynamodb scan` prints it, or objects without `Items`. A row that is invalid JSON
 * but has balanced brackets is a piece like any other. Keeps at most one row of `maxBytes` in
 * memory, so the document may be of any size. Throws an Error if it ends before its last bracket.
 */
export async function* splitDocument(
  chunks: AsyncIterable<Buffer>,
  maxBytes: number,
): AsyncGenerator<Piece> {
  const tokenize = createTokenizer();
  const document: DocumentState = {
    ...{ buffer: createPieceBuffer(maxBytes), depth: 0, rowDepth: 0, rowLine: 1, key: '' },
  };
  for await (const chunk of chunks) {
    for (const token of tokenize(chunk)) {
      if (takeToken(document, token)) yield takePiece(document, true);
    }
  }
  if (document.depth > 0) throw new Error('it ends in the middle of a document');
  if (!document.buffer.isEmpty()) yield takePiece(document, false);
}

interface DocumentState {
  readonly buffer: PieceBuffer;
  /** The number of open brackets. */
  depth: number;
  /** The number of open brackets between two rows; Infinity after the last row of an object. */
  rowDepth: number;
  rowLine: number;
  /** The text of an object since its last comma, as far as it may be a key. */
  key: string;
}

const takePiece = ({ buffer, rowLine }: DocumentState, isEnded: boolean): Piece => ({
  ...{ line: rowLine, bytes: buffer.take(), isEnded },
});

/** Adds a token; returns whether it completes a piece. */
const takeToken = (document: DocumentState, token: JsonToken): boolean => {
  if (document.depth > document.rowDepth) return takeInRow(document, token);
  if (document.depth === document.rowDepth) return takeBetweenRows(document, token);
  moveDepth(document, token);
  return false;
};

const takeInRow = (document: DocumentState, token: JsonToken): boolean => {
  const { buffer, depth } = document;
  if (depth === 1 && startsItems(document, token)) {
    buffer.take();
    document.depth = 2;
    document.rowDepth = 2;
    return false;
  }
  buffer.add(token.part);
  buffer.add(Buffer.from(token.char));
  moveDepth(document, token);
  return document.depth === document.rowDepth;
};

const KEY_LENGTH = 64;

const startsItems = (document: DocumentState, { part, char }: JsonToken): boolean => {
  const key = `${document.key}${part.toString('latin1', 0, KEY_LENGTH)}`.slice(0, KEY_LENGTH);
  document.key = char === '' || char === '\n' ? key : '';
  return char === '[' && /^\s*"Items"\s*:\s*$/.test(key);
};

const takeBetweenRows = (document: DocumentState, token: JsonToken): boolean => {
  const { buffer, depth } = document;
  const { part, char, line } = token;
  if (buffer.isEmpty()) document.rowLine = line;
  if (/\S/.test(part.toString('latin1'))) buffer.add(part);
  const isSeparator = char === '' || (char === '\n' && depth > 0);
  if (isSeparator) return false;
  if (char === '[' && depth === 0 && buffer.isEmpty()) document.rowDepth = 1;
  else if (isOpening(char) || (isClosing(char) && depth === 0)) buffer.add(Buffer.from(char));
  moveDepth(document, token);
  return !isOpening(char) && !buffer.isEmpty();
};

const moveDepth = (document: DocumentState, { char }: JsonToken): void => {
  const { depth, rowDepth } = document;
  if (isOpening(char)) document.depth = depth + 1;
  if (!isClosing(char) || depth === 0) return;
  document.depth = depth - 1;
  if (document.depth === 0) document.rowDepth = 0;
  else if (document.depth < rowDepth) document.rowDepth = Number.POSITIVE_INFINITY;
};

const isOpening = (char: string): boolean => char === '{' || char === '[';
const isClosing = (char: string): boolean => char === '}' || char === ']';
