import { expect, it } from 'vitest';
import { parseCounterNames } from '../../src/http/counter-names.ts';

it.each([
  { text: undefined, names: [] },
  { text: 'site', names: ['site'] },
  { text: 'blog/first,about', names: ['blog/first', 'about'] },
  { text: 'b,a,b,b', names: ['b', 'a'] },
])('$text has the names $names, each once', ({ text, names }) => {
  expect(parseCounterNames('counter', text, 2)).toEqual(names);
});

it.each(['', ',', 'a/', 'a b,c d', 'x'.repeat(65), '__proto__'])(
  '%j has no name, and is refused with what a name must be',
  (text) => {
    expect(parseCounterNames('total', text, 50)).toEqual({
      error: expect.stringMatching(/^total must be names of counters.*: 1 to 64 letters/),
    });
  },
);

it('keeps what is no name beside a name, so that one mistake does not refuse the others', () => {
  expect(parseCounterNames('counter', 'a,,b c,__proto__', 4)).toEqual([
    'a',
    '',
    'b c',
    '__proto__',
  ]);
});

it('refuses too many names, with how many there may be', () => {
  expect(parseCounterNames('counter', 'a,b,c,c', 2)).toEqual({
    error: 'counter must be at most 2 names, but there are 3.',
  });
  expect(parseCounterNames('counter', 'a,b', 1)).toEqual({
    error: 'counter must be one name, but there are 2.',
  });
});
