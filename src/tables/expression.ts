/** Collects the attribute names and values that an expression refers to. */
export interface Placeholders {
  /** The placeholder of an attribute; always the same one for the same attribute. */
  readonly name: (attribute: string) => string;
  /** A new placeholder for `value`. */
  readonly value: (value: unknown) => string;
  readonly names: Record<string, string>;
  readonly values: Record<string, unknown>;
}

/**
 * Placeholders for one expression. Every attribute name uses one, because `total` and `counter` are
 * reserved words and shard ids contain characters that expressions do not allow.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ExpressionAttributeNames.html
 */
export const createPlaceholders = (): Placeholders => {
  const names: Record<string, string> = {};
  const values: Record<string, unknown> = {};
  const placeholders = new Map<string, string>();
  const name = (attribute: string): string => {
    const placeholder = placeholders.get(attribute) ?? `#n${placeholders.size}`;
    placeholders.set(attribute, placeholder);
    names[placeholder] = attribute;
    return placeholder;
  };
  const value = (content: unknown): string => {
    const placeholder = `:v${Object.keys(values).length}`;
    values[placeholder] = content;
    return placeholder;
  };
  return { name, value, names, values };
};
