import { CloudWatchError } from '../cloudwatch-error.ts';

/** A token of a filter pattern. */
export interface PatternToken {
  readonly kind: 'selector' | 'text' | 'bare' | 'sign' | 'end';
  readonly text: string;
  /** The position of its first character, counted from 1. */
  readonly at: number;
}

const TOKEN =
  /\s*(?:(?<selector>\$(?:\.[\w-]+(?:\[\d+\])*)+(?![\w.[-]))|"(?<text>[^"\\*]*)"|(?<bare>[+-]?\w[\w.+-]*)|(?<sign><=|>=|!=|&&|\|\||[{}()=<>]))/y;

/** The tokens of a pattern, the last of which is its end. Throws a CloudWatchError for any other character. */
export const tokenizePattern = (pattern: string): [...PatternToken[], PatternToken] => {
  const tokens: PatternToken[] = [];
  const length = pattern.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < length) {
    const start = pattern.slice(TOKEN.lastIndex).search(/\S/) + TOKEN.lastIndex;
    const groups = TOKEN.exec(pattern)?.groups;
    if (!groups) throw patternError(pattern, start + 1, `\`${pattern.slice(start).trim()}\``);
    const [kind, text] = Object.entries(groups).find(([, part]) => part !== undefined) ?? [];
    if (!kind || text === undefined) continue;
    tokens.push({ kind: kind as PatternToken['kind'], text, at: start + 1 });
  }
  return [...tokens, { kind: 'end', text: 'the end', at: length + 1 }];
};

/** An error about what a pattern has at a position, counted from 1. */
export const patternError = (
  pattern: string,
  at: number,
  found: string,
  expected = 'a condition such as { $.status = "429" }',
): CloudWatchError =>
  new CloudWatchError(
    `The filter pattern \`${pattern}\` has ${found} at position ${at}; expected ${expected}.`,
  );
