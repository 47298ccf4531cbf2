import { describe, expect, it } from 'vitest';
import {
  admissionOf,
  isCounterName,
  parseCounterList,
  SITE,
} from '../../src/domain/counter-name.ts';

describe('the name of a counter', () => {
  it.each([SITE, 'a', 'blog/first-post', '2026/11/a.b_c~d', 'A'.repeat(64)])(
    'may be %s',
    (name) => {
      expect(isCounterName(name)).toBe(true);
    },
  );

  it.each([
    ...['', '/', 'a/', '/a', 'a//b', '-a', 'a/-b', '.', 'a/..', 'a b', 'a,b', 'a#b', 'a?b', 'a%20'],
    ...['ä', 'a\n', '*', 'a/*', 'a'.repeat(65)],
  ])('is not %j', (text) => {
    expect(isCounterName(text)).toBe(false);
  });
});

describe('a list of counters', () => {
  const list = parseCounterList(['about', 'blog/*', 'docs/v1/*']) ?? expect.fail();

  it('admits the site, and each name in it', () => {
    expect([SITE, 'about'].map((name) => admissionOf(name, list))).toEqual(['listed', 'listed']);
  });

  it('admits what is below a pattern', () => {
    const names = ['blog/first', 'blog/2026/first', 'docs/v1/start'];
    expect(names.map((name) => admissionOf(name, list))).toEqual(names.map(() => 'matched'));
  });

  it.each(['blog', 'blog/', 'blogs/a', 'About', 'about/us', 'docs/v2/a', 'blog/a b', 'blog/*'])(
    'does not admit %s',
    (name) => {
      expect(admissionOf(name, list)).toBeUndefined();
    },
  );

  it.each(['*', '/*', 'a*', 'a/*/b', 'a/**', ''])('cannot contain %j', (entry) => {
    expect(parseCounterList(['about', entry])).toBeUndefined();
  });
});
