import { createTokenCursor, type TokenCursor } from '../parsing/token-cursor.ts';
import { type Token, tokenize } from '../parsing/tokenize.ts';
import { mathError } from './math-error.ts';
import type { MathNode } from './math-node.ts';

type Kind = 'id' | 'number' | 'sign' | 'word';
type Cursor = TokenCursor<Kind>;

// An id begins with a lowercase letter; functions and keywords have uppercase letters only.
const TOKEN =
  /(?<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?<id>[a-z]\w*)|(?<word>[A-Z][A-Z_0-9]*)|(?<sign>==|!=|<=|>=|&&|\|\||[-+*/^<>()[\],])/y;

const [OR, AND, COMPARISON, SUM, PRODUCT, MINUS, POWER] = [1, 2, 3, 4, 5, 6, 7] as const;

// How tightly an operator binds.
const BINDING: Readonly<Record<string, number>> = {
  ...{ '||': OR, OR, '&&': AND, AND },
  ...{ '==': COMPARISON, '!=': COMPARISON, '<': COMPARISON },
  ...{ '<=': COMPARISON, '>': COMPARISON, '>=': COMPARISON },
  ...{ '+': SUM, '-': SUM, '*': PRODUCT, '/': PRODUCT, '^': POWER },
};

/**
 * The syntax tree of an expression of metric math, by a Pratt parser. Throws a CloudWatchError with the position of
 * the first token that is not part of one.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export const parseExpression = (expression: string): MathNode => {
  const tokens = tokenize<Kind>(expression, TOKEN, (at) =>
    mathError(expression, at, `has the unexpected character ${expression[at - 1]}`),
  );
  const cursor = createTokenCursor(tokens, ({ text, at }, expected) =>
    mathError(expression, at, `has ${text} instead of ${expected}`),
  );
  const node = parseOperations(cursor, 0);
  if (cursor.peek().kind !== 'end') throw cursor.fail(cursor.peek(), 'an operator');
  return node;
};

// An operand, and every operator after it that binds more tightly than the one before it.
const parseOperations = (cursor: Cursor, binding: number): MathNode => {
  let left = parseOperand(cursor);
  while (bindingOf(cursor.peek()) > binding) {
    const token = cursor.take();
    // Powers are grouped from the right, everything else from the left.
    const right = parseOperations(cursor, token.text === '^' ? POWER - 1 : bindingOf(token));
    left = { kind: 'operation', operator: token.text, left, right, at: token.at };
  }
  return left;
};

const bindingOf = ({ text }: Token<Kind>): number => BINDING[text] ?? 0;

const parseOperand = (cursor: Cursor): MathNode => {
  const token = cursor.take();
  const { kind, text, at } = token;
  if (kind === 'number') return { kind, value: Number(text), at };
  if (kind === 'id') return { kind, id: text, at };
  if (text === '-') return { kind: 'minus', operand: parseOperations(cursor, MINUS), at };
  if (text === '[') return { kind: 'list', items: parseItems(cursor, ']'), at };
  if (text === '(') return parseGroup(cursor);
  if (kind === 'word' && bindingOf(token) === 0) return parseWord(cursor, token);
  throw cursor.fail(token, 'a value');
};

const parseGroup = (cursor: Cursor): MathNode => {
  const node = parseOperations(cursor, 0);
  cursor.expect(')');
  return node;
};

const parseWord = (cursor: Cursor, { text: name, at }: Token<Kind>): MathNode => {
  if (cursor.peek().text !== '(') return { kind: 'keyword', name, at };
  cursor.take();
  if (cursor.peek().text !== ')') return { kind: 'call', name, args: parseItems(cursor, ')'), at };
  cursor.take();
  return { kind: 'call', name, args: [], at };
};

const parseItems = (cursor: Cursor, closing: string): MathNode[] => {
  const items = [parseOperations(cursor, 0)];
  while (cursor.peek().text === ',') {
    cursor.take();
    items.push(parseOperations(cursor, 0));
  }
  cursor.expect(closing);
  return items;
};
