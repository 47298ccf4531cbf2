import { mathError } from './math-error.ts';

/** A word, a number or a sign of an expression. */
export interface MathToken {
  readonly kind: 'number' | 'id' | 'word' | 'sign' | 'end';
  readonly text: string;
  /** The position of its first character, counted from 1. */
  readonly at: number;
}

// An id begins with a lowercase letter, and functions and keywords have uppercase letters only.
const TOKEN =
  /\s*(?:(?<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?<id>[a-z]\w*)|(?<word>[A-Z][A-Z_0-9]*)|(?<sign>==|!=|<=|>=|&&|\|\||[-+*/^<>()[\],]))/y;

/** The tokens of an expression, the last of which is its end. Throws a CloudWatchError for anything else. */
export const tokenize = (expression: string): [...MathToken[], MathToken] => {
  const tokens: MathToken[] = [];
  const length = expression.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < length) {
    const start = TOKEN.lastIndex;
    const groups = TOKEN.exec(expression)?.groups;
    if (!groups) throw unexpectedCharacter(expression, start);
    const [kind, text] = Object.entries(groups).find(([, part]) => part !== undefined) ?? [];
    if (!kind || text === undefined) continue;
    tokens.push({ kind: kind as MathToken['kind'], text, at: TOKEN.lastIndex - text.length + 1 });
  }
  return [...tokens, { kind: 'end', text: 'the end', at: length + 1 }];
};

const unexpectedCharacter = (expression: string, start: number) => {
  const at = expression.slice(start).search(/\S/) + start;
  return mathError(expression, at + 1, `has the unexpected character ${expression[at]}`);
};
