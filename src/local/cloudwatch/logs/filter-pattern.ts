import { createTokenCursor, type TokenCursor } from '../parsing/token-cursor.ts';
import { tokenize } from '../parsing/tokenize.ts';
import { patternError } from './pattern-error.ts';
import { readSelector } from './read-selector.ts';

/** Whether a log event, parsed from JSON, matches. */
export type FilterPattern = (event: unknown) => boolean;

type Cursor = TokenCursor<Kind>;
type Kind = 'bare' | 'selector' | 'sign' | 'text';

const TOKEN =
  /(?<selector>\$(?:\.[\w-]+(?:\[\d+\])*)+(?![\w.[-]))|(?<text>"[^"\\*]*")|(?<bare>[+-]?\w[\w.+-]*)|(?<sign><=|>=|!=|&&|\|\||[{}()=<>])/y;

/**
 * The filter of a pattern for log events in JSON: comparisons of a member with a string or a number, joined by `&&`
 * and `||`. Throws a CloudWatchError for every other pattern, such as one with a wildcard or `IS NULL`.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/matching-terms-json-log-events.html
 */
export const parseFilterPattern = (pattern: string): FilterPattern => {
  const tokens = tokenize<Kind>(pattern, TOKEN, (at) =>
    patternError(pattern, at, `\`${pattern.slice(at - 1)}\``, 'a comparison like $.status = "429"'),
  );
  const cursor = createTokenCursor(tokens, ({ text, at }, expected) =>
    patternError(pattern, at, text, expected),
  );
  cursor.expect('{');
  const matches = parseAlternatives(cursor);
  cursor.expect('}');
  if (cursor.peek().kind !== 'end') throw cursor.fail(cursor.peek(), 'the end');
  return matches;
};

const parseAlternatives = (cursor: Cursor): FilterPattern => {
  const alternatives = parseJoined(cursor, '||', parseConditions);
  return (event) => alternatives.some((matches) => matches(event));
};

const parseConditions = (cursor: Cursor): FilterPattern => {
  const conditions = parseJoined(cursor, '&&', parseCondition);
  return (event) => conditions.every((matches) => matches(event));
};

const parseJoined = (
  cursor: Cursor,
  sign: string,
  parse: (cursor: Cursor) => FilterPattern,
): FilterPattern[] => {
  const parts = [parse(cursor)];
  while (cursor.peek().text === sign) {
    cursor.take();
    parts.push(parse(cursor));
  }
  return parts;
};

const parseCondition = (cursor: Cursor): FilterPattern => {
  const token = cursor.take();
  if (token.text === '(') {
    const matches = parseAlternatives(cursor);
    cursor.expect(')');
    return matches;
  }
  if (token.kind !== 'selector') throw cursor.fail(token, 'a selector such as $.status');
  const compare = parseComparison(cursor);
  return (event) => compare(readSelector(token.text, event));
};

/** Whether the value of a member fits; false for a missing one, an object and an array. */
type Comparison = (value: unknown) => boolean;

const parseComparison = (cursor: Cursor): Comparison => {
  const sign = cursor.take();
  const operand = cursor.take();
  if (operand.kind !== 'text' && operand.kind !== 'bare') {
    throw cursor.fail(operand, 'a string in quotes or a number');
  }
  const isQuoted = operand.kind === 'text';
  const text = isQuoted ? operand.text.slice(1, -1) : operand.text;
  const number = isQuoted ? Number.NaN : Number(text);
  const equals = (value: unknown) => value === text || value === number;
  if (sign.text === '=') return equals;
  if (sign.text === '!=') return (value) => isLeaf(value) && !equals(value);
  const order = ORDERS[sign.text];
  if (!order) throw cursor.fail(sign, 'one of =, !=, <, <=, >, >=');
  if (Number.isNaN(number)) throw cursor.fail(operand, 'a number');
  return (value) => typeof value === 'number' && order(value, number);
};

const isLeaf = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number';

const ORDERS: Readonly<Record<string, (one: number, other: number) => boolean>> = {
  '<': (one, other) => one < other,
  '<=': (one, other) => one <= other,
  '>': (one, other) => one > other,
  '>=': (one, other) => one >= other,
};
