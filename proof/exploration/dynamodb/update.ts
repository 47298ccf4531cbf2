import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { type Item, UnknownExpressionError, wholeNumber } from './attribute-value.ts';
import { type Bindings, type Reader, readExpression } from './tokens.ts';

/** Applies an update to an item; every operand refers to the item before the update. */
export type Update = (item: Item) => Item;

/** The change of one attribute; its value is undefined when the attribute is removed. */
interface Change {
  readonly name: string;
  readonly valueAfter: (item: Item) => AttributeValue | undefined;
}

/**
 * Parses an update expression. Throws an UnknownExpressionError for syntax that is not implemented and,
 * as DynamoDB does, for an attribute or a clause that occurs twice.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html
 */
export const parseUpdate = (expression: string, bindings: Bindings): Update => {
  const reader = readExpression(expression, bindings);
  const changes: Change[] = [];
  const clauses = new Map(Object.entries(CLAUSES));
  while (!reader.isAtEnd()) {
    const [word, parseChange] = [...clauses].find(([name]) => reader.take(name)) ?? reader.fail();
    clauses.delete(word);
    do changes.push(parseChange(reader));
    while (reader.take(','));
  }
  assertDistinct(changes, expression);
  return (item) => applyChanges(changes, item);
};

const assertDistinct = (changes: readonly Change[], expression: string): void => {
  if (new Set(changes.map(({ name }) => name)).size === changes.length) return;
  throw new UnknownExpressionError(`An attribute is changed twice in "${expression}"`);
};

const applyChanges = (changes: readonly Change[], item: Item): Item => {
  const after: Record<string, AttributeValue> = { ...item };
  for (const { name, valueAfter } of changes) {
    const value = valueAfter(item);
    if (value === undefined) delete after[name];
    else after[name] = value;
  }
  return after;
};

const parseAdd = (reader: Reader): Change => {
  const name = reader.name();
  const addend = wholeNumber(reader.value());
  return { name, valueAfter: (item) => toNumber(wholeNumber(item[name] ?? ZERO) + addend) };
};

const parseRemove = (reader: Reader): Change => ({
  name: reader.name(),
  valueAfter: () => undefined,
});

const parseSet = (reader: Reader): Change => {
  const name = reader.name();
  reader.expect('=');
  const left = parseOperand(reader);
  if (reader.take('+')) return { name, valueAfter: sumOf(left, parseOperand(reader), 1n) };
  if (reader.take('-')) return { name, valueAfter: sumOf(left, parseOperand(reader), -1n) };
  return { name, valueAfter: left };
};

const CLAUSES: Readonly<Record<string, (reader: Reader) => Change>> = {
  ADD: parseAdd,
  SET: parseSet,
  REMOVE: parseRemove,
};

type Operand = (item: Item) => AttributeValue;

const sumOf =
  (left: Operand, right: Operand, sign: bigint): Operand =>
  (item) =>
    toNumber(wholeNumber(left(item)) + sign * wholeNumber(right(item)));

const parseOperand = (reader: Reader): Operand => {
  if (reader.isAtValue()) {
    const value = reader.value();
    return () => value;
  }
  if (!reader.take('if_not_exists')) return heldBy(reader.name());
  reader.expect('(');
  const name = reader.name();
  reader.expect(',');
  const otherwise = parseOperand(reader);
  reader.expect(')');
  return (item) => item[name] ?? otherwise(item);
};

const heldBy =
  (name: string): Operand =>
  (item) => {
    const value = item[name];
    if (value !== undefined) return value;
    throw new UnknownExpressionError(`The update refers to ${name}, which is not in the item`);
  };

const ZERO: AttributeValue = { N: '0' };

const toNumber = (number: bigint): AttributeValue => ({ N: number.toString() });
