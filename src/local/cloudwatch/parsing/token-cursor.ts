import type { Token, Tokens } from './tokenize.ts';

/** Reads the tokens of a text from left to right, up to its end. */
export interface TokenCursor<Kind extends string> {
  readonly peek: () => Token<Kind>;
  readonly take: () => Token<Kind>;
  /** Takes the next token. Throws what `fail` makes of it if its text is another one. */
  readonly expect: (text: string) => void;
  /** The error about a token that is not what was expected. */
  readonly fail: (token: Token<Kind>, expected: string) => Error;
}

/** A cursor before the first token. */
export const createTokenCursor = <Kind extends string>(
  tokens: Tokens<Kind>,
  fail: (token: Token<Kind>, expected: string) => Error,
): TokenCursor<Kind> => {
  let next = 0;
  const peek = () => tokens[Math.min(next, tokens.length - 1)] as Token<Kind>;
  const take = () => {
    const token = peek();
    next += 1;
    return token;
  };
  const expect = (text: string): void => {
    const token = take();
    if (token.text !== text) throw fail(token, text);
  };
  return { peek, take, expect, fail };
};
