import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { UnknownExpressionError } from './attribute-value.ts';

/** The names and values that the expressions of one request refer to. */
export interface Bindings {
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, AttributeValue>>;
  /** The placeholders an expression used; DynamoDB refuses a request with unused ones. */
  readonly used: Set<string>;
}

/** Reads an expression from left to right; every method throws an UnknownExpressionError. */
export interface Reader {
  /** Consumes the next token if it is `token`, ignoring case, and says whether it did. */
  readonly take: (token: string) => boolean;
  readonly expect: (token: string) => void;
  /** The attribute name of the next placeholder. */
  readonly name: () => string;
  /** Whether the next token is the placeholder of a value. */
  readonly isAtValue: () => boolean;
  readonly value: () => AttributeValue;
  readonly isAtEnd: () => boolean;
  readonly fail: () => never;
}

const TOKEN = /\s*(#\w+|:\w+|\w+|<>|<=|>=|[=<>(),.+-])\s*/y;
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
const MAX_BYTES = 4096;

/** A reader of `expression`. Throws an UnknownExpressionError for unknown tokens. */
export const readExpression = (expression: string, bindings: Bindings): Reader => {
  const tokens = tokenize(expression);
  let at = 0;
  const fail = (): never => {
    throw new UnknownExpressionError(`Unknown syntax at token ${at} of "${expression}"`);
  };
  const placeholder = <Bound>(bound: Readonly<Record<string, Bound>>): Bound => {
    const token = tokens[at] ?? '';
    const found = bound[token];
    if (found === undefined) return fail();
    bindings.used.add(token);
    at += 1;
    return found;
  };
  const take = (token: string): boolean => {
    const isNext = tokens[at]?.toUpperCase() === token.toUpperCase();
    if (isNext) at += 1;
    return isNext;
  };
  return {
    take,
    expect: (token) => void (take(token) || fail()),
    name: () => placeholder(bindings.names),
    isAtValue: () => tokens[at]?.startsWith(':') ?? false,
    value: () => placeholder(bindings.values),
    isAtEnd: () => at === tokens.length,
    fail,
  };
};

const tokenize = (expression: string): string[] => {
  const text = expression.trim();
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let end = 0; end < text.length; end = TOKEN.lastIndex) {
    const token = TOKEN.exec(text)?.[1];
    if (token === undefined) throw new UnknownExpressionError(`Unknown characters in "${text}"`);
    tokens.push(token);
  }
  if (Buffer.byteLength(expression) > MAX_BYTES || tokens.length === 0) {
    throw new UnknownExpressionError(`An expression has 1 to ${MAX_BYTES} bytes: "${expression}"`);
  }
  return tokens;
};
