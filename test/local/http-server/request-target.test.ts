import { expect, it } from 'vitest';
import { parseRequestTarget } from '../../../src/local/http-server/request-target.ts';

it.each([
  { url: '/counts', target: { host: 'header', path: '/counts', query: '' } },
  { url: '/counts?a=1?b', target: { host: 'header', path: '/counts', query: 'a=1?b' } },
  { url: '/?', target: { host: 'header', path: '/', query: '' } },
  { url: '//evil.example/x', target: { host: 'header', path: '//evil.example/x', query: '' } },
  { url: '*', target: { host: 'header', path: '*', query: '' } },
  { url: '', target: { host: 'header', path: '/', query: '' } },
  { url: 'http://absolute', target: { host: 'absolute', path: '/', query: '' } },
  { url: 'http://absolute:1/a?b', target: { host: 'absolute:1', path: '/a', query: 'b' } },
  { url: 'HTTP://absolute?b', target: { host: 'absolute', path: '/', query: 'b' } },
  { url: 'ftp://other/a', target: { host: 'header', path: 'ftp://other/a', query: '' } },
])('$url targets $target', ({ url, target }) => {
  expect(parseRequestTarget({ url, headers: { host: 'header' } })).toEqual(target);
});

it('has no host if the request has none', () => {
  expect(parseRequestTarget({ url: '/', headers: {} }).host).toBe('');
});
