import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** An item in DynamoDB's wire format, with its attributes sorted by name. */
export type Item = Readonly<Record<string, AttributeValue>>;

/**
 * The canonical text of a value or an item: equal texts mean equal values. It is cached for objects,
 * which must not change afterwards.
 */
export const canonicalText = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const text = texts.get(value) ?? JSON.stringify(inOrder(value), bytesAsText);
  texts.set(value, text);
  return text;
};

// A Buffer has bytes too, but its own JSON; only the original value shows what it is.
function bytesAsText(
  this: Readonly<Record<string, unknown>>,
  name: string,
  json: unknown,
): unknown {
  const value = this[name];
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : json;
}

const texts = new WeakMap<object, string>();

/** The same item with its attributes, and those of its maps, sorted by name. */
export const inOrder = <Value>(value: Value): Value => {
  if (Array.isArray(value)) return value.map(inOrder) as Value;
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return value;
  const entries = Object.entries(value).sort(([a], [b]) => Number(a > b) - Number(a < b));
  return Object.fromEntries(entries.map(([name, held]) => [name, inOrder(held)])) as Value;
};

/** Something the interpreter does not implement, or DynamoDB refuses as a ValidationException. */
export class UnknownExpressionError extends Error {
  override readonly name = 'UnknownExpressionError';
}

/** The whole number in `value`. Throws an UnknownExpressionError for anything else. */
export const wholeNumber = (value: AttributeValue): bigint => {
  if (value.N !== undefined && /^-?\d{1,38}$/.test(value.N)) return BigInt(value.N);
  throw new UnknownExpressionError(`Not a whole number: ${canonicalText(value)}`);
};

/** Whether both have the same type and value. Throws an UnknownExpressionError for an unknown type. */
export const isEqual = (a: AttributeValue, b: AttributeValue): boolean => {
  const [typeA, typeB] = [typeOf(a), typeOf(b)];
  if (typeA !== typeB) return false;
  return typeA === 'N' ? wholeNumber(a) === wholeNumber(b) : canonicalText(a) === canonicalText(b);
};

/**
 * Negative, 0 or positive as `a` sorts before, with or after `b`; undefined when their types differ,
 * since DynamoDB orders numbers and strings only among themselves.
 */
export const compare = (a: AttributeValue, b: AttributeValue): number | undefined => {
  if (typeOf(a) !== typeOf(b)) return undefined;
  if (a.N !== undefined) return Number(wholeNumber(a) - wholeNumber(b));
  if (a.S !== undefined && b.S !== undefined) return Buffer.compare(bytes(a.S), bytes(b.S));
  throw new UnknownExpressionError(`No order is known for ${canonicalText(a)}`);
};

const bytes = (text: string): Buffer => Buffer.from(text, 'utf8');

const KNOWN_TYPES = ['S', 'N', 'B', 'M', 'BOOL', 'NULL', 'L'];

const typeOf = (value: AttributeValue): string => {
  const [type = '', ...others] = Object.keys(value);
  if (others.length === 0 && KNOWN_TYPES.includes(type)) return type;
  throw new UnknownExpressionError(`Not a value of a known type: ${canonicalText(value)}`);
};
