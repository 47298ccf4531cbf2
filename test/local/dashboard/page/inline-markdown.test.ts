import { expect, it } from 'vitest';
import { parseInline } from '../../../../src/local/dashboard/page/inline-markdown.ts';

const text = (it: string) => ({ kind: 'text', text: it });

it('reads bold, code and links', () => {
  expect(parseInline('a **b** `c` [d](https://e.org/#f)')).toEqual([
    ...[text('a '), { kind: 'strong', text: 'b' }, text(' '), { kind: 'code', text: 'c' }],
    ...[text(' '), { kind: 'link', text: 'd', url: 'https://e.org/#f' }],
  ]);
});

it.each([
  ...['[run](javascript:alert(1))', '[run](data:text/html,x)', '<img src=x onerror=alert(1)>'],
  ...['_a_', '~~a~~', '![a](b.png)', '**a', '`a', '[a]()', '&lt;'],
])('leaves %s as text', (line) => {
  expect(parseInline(line)).toEqual([text(line)]);
});

it('has no parts for an empty line', () => {
  expect(parseInline('')).toEqual([]);
});
