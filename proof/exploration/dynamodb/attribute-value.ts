import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** An item as DynamoDB's wire has it; its attributes stand in the order of their names. */
export type Item = Readonly<Record<string, AttributeValue>>;

/** The one text of a value or an item: two are the same exactly when their texts are. */
export const canonicalText = (value: unknown): string => JSON.stringify(inOrder(value));

/** The same item with its attributes, and those of its maps, in the order of their names. */
export const inOrder = <Value>(value: Value): Value => {
  if (Array.isArray(value)) return value.map(inOrder) as Value;
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => Number(a > b) - Number(a < b));
  return Object.fromEntries(entries.map(([name, held]) => [name, inOrder(held)])) as Value;
};

/** What the interpreter does not know, or what DynamoDB would refuse as a ValidationException. */
export class UnknownExpressionError extends Error {
  override readonly name = 'UnknownExpressionError';
}

/** The whole number in `value`. Throws an UnknownExpressionError for anything else. */
export const wholeNumber = (value: AttributeValue): bigint => {
  if (value.N !== undefined && /^-?\d{1,38}$/.test(value.N)) return BigInt(value.N);
  throw new UnknownExpressionError(`Not a whole number: ${canonicalText(value)}`);
};

/** Whether both are of one type and equal. Throws an UnknownExpressionError for a type not known. */
export const isEqual = (a: AttributeValue, b: AttributeValue): boolean => {
  const [typeA, typeB] = [typeOf(a), typeOf(b)];
  if (typeA !== typeB) return false;
  return typeA === 'N' ? wholeNumber(a) === wholeNumber(b) : canonicalText(a) === canonicalText(b);
};

/**
 * Below 0, 0 or above 0 as `a` comes before, with or after `b`; undefined when their types differ,
 * since DynamoDB orders numbers and strings only among themselves.
 */
export const compare = (a: AttributeValue, b: AttributeValue): number | undefined => {
  if (typeOf(a) !== typeOf(b)) return undefined;
  if (a.N !== undefined) return Number(wholeNumber(a) - wholeNumber(b));
  if (a.S !== undefined && b.S !== undefined) return Buffer.compare(bytes(a.S), bytes(b.S));
  throw new UnknownExpressionError(`No order is known for ${canonicalText(a)}`);
};

const bytes = (text: string): Buffer => Buffer.from(text, 'utf8');

const KNOWN_TYPES = ['S', 'N', 'M', 'BOOL', 'NULL', 'L'];

const typeOf = (value: AttributeValue): string => {
  const [type = '', ...others] = Object.keys(value);
  if (others.length === 0 && KNOWN_TYPES.includes(type)) return type;
  throw new UnknownExpressionError(`Not a value of a known type: ${canonicalText(value)}`);
};
