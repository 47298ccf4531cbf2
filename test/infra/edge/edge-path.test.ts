import { Lazy } from 'aws-cdk-lib';
import { expect, it } from 'vitest';
import { prefixOfPattern } from '../../../infra/edge/edge-path.ts';

it.each([
  ['/counter/*', '/counter'],
  ['/a/b-c.d_e~f/*', '/a/b-c.d_e~f'],
  ['/.well-known/..counter/*', '/.well-known/..counter'],
  [`/${'p'.repeat(99)}/*`, `/${'p'.repeat(99)}`],
])('takes %s as the prefix %s', (pattern, prefix) => {
  expect(prefixOfPattern(pattern)).toBe(prefix);
});

it.each([
  '',
  '/',
  '*',
  '/*',
  'counter/*',
  '/counter',
  '/counter*',
  '/counter/',
  '/c?/*',
  '/*/c/*',
  '/./*',
  '/a/../b/*',
  `/${'p'.repeat(100)}/*`,
])('refuses %j', (pattern) => {
  expect(() => prefixOfPattern(pattern)).toThrow(
    `pathPattern must be a path of at most 100 characters and /*, without other wildcards and without . or .. as a part, such as /counter/*, but it is ${JSON.stringify(pattern)}`,
  );
});

it('refuses a path that only the deployment knows', () => {
  const later = Lazy.string({ produce: () => '/counter/*' });
  expect(() => prefixOfPattern(later)).toThrow(/^pathPattern must be a path/);
  expect(() => prefixOfPattern(`/${later}/*`)).toThrow(/^pathPattern must be a path/);
});
