import { isConsoleUrl } from './aws-only.ts';
import { type Child, element } from './element.ts';
import type { Inline } from './inline-markdown.ts';
import { type Block, parseMarkdown } from './markdown.ts';
import type { WidgetOfKind } from './widget-of-kind.ts';
import type { WidgetView } from './widget-view.ts';

/** A text in Markdown. */
export const createTextWidget = (): WidgetView<WidgetOfKind<'text'>> => {
  const content = element('section', { className: 'widget text' });
  return {
    element: content,
    update: ({ markdown, background }) => {
      content.classList.toggle('transparent', background === 'transparent');
      content.replaceChildren(...parseMarkdown(markdown).map(showBlock));
    },
  };
};

// The page has the only heading of level 1.
const HEADINGS = ['h2', 'h3', 'h4', 'h5', 'h6', 'h6'] as const;

const showBlock = (block: Block): HTMLElement => {
  if (block.kind === 'heading') {
    return element(HEADINGS[block.level - 1] ?? 'h6', {}, ...showInlines(block.content));
  }
  if (block.kind === 'list') return showList(block.items);
  if (block.kind === 'table') return showTable(block);
  return element('p', {}, ...showInlines(block.content), ...noteOf(block.content));
};

const showList = (items: readonly (readonly Inline[])[]): HTMLElement =>
  element('ul', {}, ...items.map((item) => element('li', {}, ...showInlines(item))));

const showTable = ({ head, rows }: Extract<Block, { readonly kind: 'table' }>): HTMLElement => {
  const names = head.map((cell) => element('th', { scope: 'col' }, ...showInlines(cell)));
  const cellsOf = (row: (typeof rows)[number]) =>
    row.map((cell) => element('td', {}, ...showInlines(cell)));
  return element(
    'table',
    {},
    element('thead', {}, element('tr', {}, ...names)),
    element('tbody', {}, ...rows.map((row) => element('tr', propertiesOf(row), ...cellsOf(row)))),
  );
};

// A row that is about one thing, named in bold in its first cell, can be found and focused by that name.
const propertiesOf = ([first = []]: readonly (readonly Inline[])[]) => {
  const [name] = first;
  return first.length === 1 && name?.kind === 'strong'
    ? { id: rowIdOf(name.text), tabIndex: -1 }
    : {};
};

/** The id of the row of a table about the thing with this name. */
export const rowIdOf = (name: string): string => `about-${name}`;

const showInlines = (parts: readonly Inline[]): Child[] => parts.map(showInline);

const showInline = (part: Inline): Child => {
  if (part.kind === 'text') return part.text;
  if (part.kind === 'link') return showLink(part.url, part.text);
  return element(part.kind, {}, part.text);
};

/** A link; one into the AWS console says that it leads nowhere from here. */
export const showLink = (url: string, text: string): HTMLElement => {
  const isOnAws = isConsoleUrl(url);
  const link = element('a', { href: url, rel: 'noreferrer' }, text);
  if (isOnAws) link.title = 'In the AWS console, of a deployed counter only';
  return link;
};

/** A badge for what is not there in the local run. */
export const awsOnlyBadge = (): HTMLElement =>
  element('span', { className: 'badge' }, 'on AWS only');

const noteOf = (parts: readonly Inline[]): Child[] =>
  parts.some((part) => part.kind === 'link' && isConsoleUrl(part.url)) ? [' ', awsOnlyBadge()] : [];
