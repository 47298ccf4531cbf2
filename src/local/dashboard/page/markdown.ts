import { type Inline, parseInline } from './inline-markdown.ts';

/** A block of text. */
export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly content: readonly Inline[] }
  | { readonly kind: 'paragraph'; readonly content: readonly Inline[] }
  | { readonly kind: 'list'; readonly items: readonly (readonly Inline[])[] }
  | {
      readonly kind: 'table';
      readonly head: readonly (readonly Inline[])[];
      readonly rows: readonly (readonly (readonly Inline[])[])[];
    };

/**
 * The blocks of a text in the Markdown that dashboards of this project use: headings, lists, tables, paragraphs. What
 * it does not know stays text; nothing is lost.
 */
export const parseMarkdown = (text: string): Block[] =>
  groupLines(text.split('\n')).map(({ kind, lines }) => PARSERS[kind](lines));

type Kind = Block['kind'];

interface Group {
  readonly kind: Kind;
  readonly lines: string[];
}

const HEADING = /^(#{1,6}) +(.*)$/;
const ITEM = /^[-*] +(.*)$/;

const kindOf = (line: string): Kind => {
  if (HEADING.test(line)) return 'heading';
  if (ITEM.test(line)) return 'list';
  return line.startsWith('|') ? 'table' : 'paragraph';
};

// An empty line ends a group, and so does a line of another kind. A heading is one line.
const groupLines = (lines: readonly string[]): Group[] => {
  const groups: Group[] = [];
  let isOpen = false;
  for (const line of lines.map((it) => it.trim())) {
    const kind = kindOf(line);
    const last = groups.at(-1);
    if (isOpen && line !== '' && last?.kind === kind) last.lines.push(line);
    else if (line !== '') groups.push({ kind, lines: [line] });
    isOpen = line !== '' && kind !== 'heading';
  }
  return groups;
};

const parseHeading = ([line = '']: readonly string[]): Block => {
  const [, marks = '', content = ''] = HEADING.exec(line) ?? [];
  return { kind: 'heading', level: marks.length, content: parseInline(content) };
};

const parseList = (lines: readonly string[]): Block => ({
  kind: 'list',
  items: lines.map((line) => parseInline(ITEM.exec(line)?.[1] ?? line)),
});

const parseParagraph = (lines: readonly string[]): Block => ({
  kind: 'paragraph',
  content: parseInline(lines.join(' ')),
});

const DIVIDER = /^\|(?: *:?-+:? *\|)+$/;

const parseTable = (lines: readonly string[]): Block => {
  const [head = '', divider = '', ...rows] = lines;
  if (!DIVIDER.test(divider)) return parseParagraph(lines);
  return { kind: 'table', head: parseRow(head), rows: rows.map(parseRow) };
};

const parseRow = (line: string): Inline[][] =>
  line
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => parseInline(cell.trim()));

const PARSERS: Readonly<Record<Kind, (lines: readonly string[]) => Block>> = {
  ...{ heading: parseHeading, list: parseList, paragraph: parseParagraph, table: parseTable },
};
