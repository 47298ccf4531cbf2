import { expect, it } from 'vitest';
import { findBehavior, withoutPrefix } from '../../../src/local/edge/behavior.ts';

const PLAIN = { hasListedOrigins: false, hasLegacyRoute: false };

it.each([
  ['/counter/counts', '/counts'],
  ['/counter/', '/'],
  ['/counter/sessions/me', '/sessions/me'],
  ['/counter/counter/counts', '/counter/counts'],
  ['/counter', undefined],
  ['/counters/counts', undefined],
  ['/a/counter/counts', undefined],
  ['/', undefined],
])('%s of the site is %s of the counter', (path, expected) => {
  expect(withoutPrefix(path, '/counter')).toBe(expected);
});

it.each(['/counts', '/history', '/badge.svg', '/widget.js', '/openapi.json', '/', '/nowhere'])(
  '%s is a read, which takes GET and HEAD and has all parameters in the key',
  (path) => {
    expect(findBehavior(path, PLAIN)).toMatchObject({
      ...{ methods: ['GET', 'HEAD'], keyHeaders: [], hasEncodings: true, mostSeconds: 86_400 },
      parameters: ['counter', 'total', 'by', 'days', 'metric', 'label', 'color'],
    });
  },
);

it.each(['/sessions', '/sessions/me'])('%s is a visit, which takes every method', (path) => {
  const behavior = { methods: undefined, parameters: ['counter'], mostSeconds: 1 };
  expect(findBehavior(path, PLAIN)).toMatchObject(behavior);
});

it('with the legacy route, / is a visit, too', () => {
  const options = { ...PLAIN, hasLegacyRoute: true };
  expect(findBehavior('/', options)).toEqual(findBehavior('/sessions', options));
  expect(findBehavior('/counts', options)).toEqual(findBehavior('/counts', PLAIN));
});

it('where origins are listed, the origin of the page is in the key of reads', () => {
  const { keyHeaders } = findBehavior('/counts', { ...PLAIN, hasListedOrigins: true });
  expect(keyHeaders).toEqual(['origin']);
});
