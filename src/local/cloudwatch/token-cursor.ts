/** A token with its position in the text, counted from 1. */
export interface PlacedToken {
  readonly text: string;
  readonly at: number;
}

/** Reads the tokens of a text from left to right; the last one is its end, and is never passed. */
export interface TokenCursor<Token extends PlacedToken> {
  readonly peek: () => Token;
  readonly take: () => Token;
  /** Takes the next token. Throws what `fail` makes of it if its text is another one. */
  readonly expect: (text: string) => void;
  /** The error about a token that is not what was expected. */
  readonly fail: (token: Token, expected: string) => Error;
}

/** A cursor before the first of at least one token. */
export const createTokenCursor = <Token extends PlacedToken>(
  tokens: readonly [...Token[], Token],
  fail: (token: Token, expected: string) => Error,
): TokenCursor<Token> => {
  let next = 0;
  const peek = (): Token => tokens[Math.min(next, tokens.length - 1)] as Token;
  const take = (): Token => {
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
