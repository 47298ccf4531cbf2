import { expect, it } from 'vitest';
import { parseHttpRequest } from '../../src/http/http-request.ts';
import { jsonResponse } from '../../src/http/http-response.ts';
import { createRouter, routedMethods } from '../../src/http/router.ts';
import { httpApiEvent } from '../support/api-events.ts';

const answer = (name: string) => async () => jsonResponse(200, { name });
const routes = { '/a': { GET: answer('read'), POST: answer('write') }, '/b': { GET: answer('b') } };
const route = (method: string, path: string) =>
  createRouter(routes)(parseHttpRequest(httpApiEvent({ method, path })));

it('finds the route by path and method', async () => {
  expect((await route('POST', '/a')).body).toBe('{"name":"write"}');
  expect((await route('get', '/b')).body).toBe('{"name":"b"}');
});

it.each(['/', '/c', '/a/', '', '__proto__', 'toString'])('responds 404 to %j', async (path) => {
  const { statusCode, body } = await route('GET', path);
  expect({ statusCode, body: JSON.parse(body) }).toEqual({
    statusCode: 404,
    body: { message: 'Not found: there is no such path.' },
  });
});

it.each(['DELETE', 'constructor'])(
  'responds 405 to %s, with the allowed methods',
  async (method) => {
    const { statusCode, headers, body } = await route(method, '/a');
    expect(statusCode).toBe(405);
    expect(headers.Allow).toBe('GET, POST');
    expect(JSON.parse(body)).toEqual({
      message: 'Method not allowed; this path supports GET, POST.',
    });
  },
);

it('lists all its methods', () => {
  expect(routedMethods(routes)).toEqual(['GET', 'POST']);
});
