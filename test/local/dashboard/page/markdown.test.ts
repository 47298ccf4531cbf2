import { expect, it } from 'vitest';
import { parseMarkdown } from '../../../../src/local/dashboard/page/markdown.ts';

const text = (it: string) => [{ kind: 'text', text: it }];

it('reads headings, paragraphs and lists', () => {
  expect(parseMarkdown('# blog\none\ntwo\n\nthree\n- four\n- five\n## six')).toEqual([
    { kind: 'heading', level: 1, content: text('blog') },
    { kind: 'paragraph', content: text('one two') },
    { kind: 'paragraph', content: text('three') },
    { kind: 'list', items: [text('four'), text('five')] },
    { kind: 'heading', level: 2, content: text('six') },
  ]);
});

it('reads each of two headings in a row', () => {
  expect(parseMarkdown('# a\n# b')).toHaveLength(2);
});

it('reads tables', () => {
  expect(parseMarkdown('| a | b |\n| --- | :-: |\n| 1 | **2** |')).toEqual([
    {
      ...{ kind: 'table', head: [text('a'), text('b')] },
      rows: [[text('1'), [{ kind: 'strong', text: '2' }]]],
    },
  ]);
});

it.each(['| a |\n| 1 |', '> quote', '1. one', '#hashtag', '```'])('leaves %j as text', (source) => {
  expect(parseMarkdown(source)).toEqual([
    { kind: 'paragraph', content: text(source.replace('\n', ' ')) },
  ]);
});
