/** A part of a text, such as a number. */
export interface Token<Kind extends string> {
  readonly kind: Kind | 'end';
  readonly text: string;
  /** The position of its first character, counted from 1. */
  readonly at: number;
}

/** The tokens of a text, the last of which is its end. */
export type Tokens<Kind extends string> = [...Token<Kind>[], Token<Kind>];

/**
 * The tokens of a text, without the space between them. `pattern` is sticky and has a named group for each kind of
 * token. Throws what `fail` makes of the first position, counted from 1, where there is no token.
 */
export const tokenize = <Kind extends string>(
  text: string,
  pattern: RegExp,
  fail: (at: number) => Error,
): Tokens<Kind> => {
  const tokens: Token<Kind>[] = [];
  let next = skipSpace(text, 0);
  while (next < text.length) {
    pattern.lastIndex = next;
    const match = pattern.exec(text);
    const groups = Object.entries(match?.groups ?? {});
    const found = groups.find(([, part]) => part !== undefined);
    if (!match || !found) throw fail(next + 1);
    tokens.push({ kind: found[0] as Kind, text: found[1], at: next + 1 });
    next = skipSpace(text, next + match[0].length);
  }
  return [...tokens, { kind: 'end', text: 'the end', at: text.trimEnd().length + 1 }];
};

const skipSpace = (text: string, from: number): number => {
  const distance = text.slice(from).search(/\S/);
  return distance < 0 ? text.length : from + distance;
};
