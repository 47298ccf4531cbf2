import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { compare, type Item, isEqual } from './attribute-value.ts';
import { type Bindings, type Reader, readExpression } from './tokens.ts';

/** A test of an item; a missing item is passed as an empty one. */
export type Condition = (item: Item) => boolean;

/**
 * Parses a condition expression. NOT binds tighter than AND, and AND tighter than OR. Throws an
 * UnknownExpressionError for syntax that is not implemented.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html
 */
export const parseCondition = (expression: string, bindings: Bindings): Condition => {
  const reader = readExpression(expression, bindings);
  const condition = parseAny(reader);
  return reader.isAtEnd() ? condition : reader.fail();
};

const parseAny = (reader: Reader): Condition => {
  const parts = [parseAll(reader)];
  while (reader.take('OR')) parts.push(parseAll(reader));
  return (item) => parts.some((part) => part(item));
};

const parseAll = (reader: Reader): Condition => {
  const parts = [parseOne(reader)];
  while (reader.take('AND')) parts.push(parseOne(reader));
  return (item) => parts.every((part) => part(item));
};

const parseOne = (reader: Reader): Condition => {
  if (reader.take('NOT')) {
    const inner = parseOne(reader);
    return (item) => !inner(item);
  }
  if (reader.take('(')) {
    const inner = parseAny(reader);
    reader.expect(')');
    return inner;
  }
  if (reader.take('attribute_exists')) return parseExistence(reader, true);
  if (reader.take('attribute_not_exists')) return parseExistence(reader, false);
  return parseComparison(reader);
};

const parseExistence = (reader: Reader, expected: boolean): Condition => {
  reader.expect('(');
  const name = reader.name();
  reader.expect(')');
  return (item) => (item[name] !== undefined) === expected;
};

type Operand = (item: Item) => AttributeValue | undefined;
type Comparison = (a: AttributeValue, b: AttributeValue) => boolean;

const ordered =
  (test: (order: number) => boolean): Comparison =>
  (a, b) => {
    const order = compare(a, b);
    return order !== undefined && test(order);
  };

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  '=': isEqual,
  '<>': (a, b) => !isEqual(a, b),
  '<': ordered((order) => order < 0),
  '<=': ordered((order) => order <= 0),
  '>': ordered((order) => order > 0),
  '>=': ordered((order) => order >= 0),
};

const parseComparison = (reader: Reader): Condition => {
  const left = parseOperand(reader);
  const sign = Object.keys(COMPARISONS).find(reader.take) ?? reader.fail();
  const right = parseOperand(reader);
  const holds = COMPARISONS[sign] ?? reader.fail();
  return (item) => {
    const [a, b] = [left(item), right(item)];
    // A missing attribute differs from everything and has no order.
    return a === undefined || b === undefined ? sign === '<>' : holds(a, b);
  };
};

const parseOperand = (reader: Reader): Operand => {
  if (reader.isAtValue()) {
    const value = reader.value();
    return () => value;
  }
  const path = [reader.name()];
  while (reader.take('.')) path.push(reader.name());
  return (item) => valueAt({ M: item }, path);
};

const valueAt = (value: AttributeValue, path: readonly string[]): AttributeValue | undefined =>
  path.reduce<AttributeValue | undefined>((held, name) => held?.M?.[name], value);
