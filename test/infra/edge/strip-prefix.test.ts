import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { stripPrefixCode } from '../../../infra/edge/strip-prefix.ts';

interface EdgeRequest {
  readonly uri: string;
}

/** Runs the code as CloudFront does: it calls `handler` with a viewer request. */
const requestAfter = (prefix: string, request: EdgeRequest): EdgeRequest =>
  runInNewContext(`${stripPrefixCode(prefix)}; handler(event)`, { event: { request } });

it.each([
  ['/counter', '/counter/counts', '/counts'],
  ['/counter', '/counter/', '/'],
  ['/counter', '/counter/sessions/me', '/sessions/me'],
  ['/counter', '/counter/counter/counts', '/counter/counts'],
  ['/a/b.c', '/a/b.c/widget.js', '/widget.js'],
  ['/counter', '/counter', '/counter'],
  ['/counter', '/counters/counts', '/counters/counts'],
  ['/a.b', '/axb/counts', '/axb/counts'],
])('with the prefix %s turns %s into %s', (prefix, uri, expected) => {
  expect(requestAfter(prefix, { uri }).uri).toBe(expected);
});

it('leaves the rest of the request as it is', () => {
  const request = {
    uri: '/counter/counts',
    ...{ method: 'GET', querystring: { counter: { value: 'about' } } },
    headers: { 'user-agent': { value: 'Firefox' } },
  };
  expect(requestAfter('/counter', { ...request })).toEqual({ ...request, uri: '/counts' });
});

// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-functions
it('is smaller than the 10 KB of a function, even with the longest path', () => {
  expect(stripPrefixCode(`/${'p'.repeat(250)}`).length).toBeLessThan(10_240);
});
