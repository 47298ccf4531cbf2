import { describe, expect, it } from 'vitest';
import { type ApiEvent, parseHttpRequest } from '../../src/http/http-request.ts';
import { httpApiEvent, restApiEvent } from '../support/api-events.ts';

const facts = {
  method: 'POST',
  path: '/sessions',
  headers: {
    Origin: 'https://a.example',
    'X-Forwarded-For': '198.51.100.9',
    'User-Agent': 'forged',
  },
  address: '203.0.113.7',
  userAgent: 'Browser/1.0',
};

describe.each([
  { payload: '2.0', event: httpApiEvent },
  { payload: '1.0', event: restApiEvent },
])('an event of payload $payload', ({ event }) => {
  it('has method, path, headers in lower case, and the visitor from the request context', () => {
    expect(parseHttpRequest(event(facts))).toEqual({
      version: '1.0',
      httpMethod: 'POST',
      path: '/sessions',
      headers: {
        origin: 'https://a.example',
        'x-forwarded-for': '198.51.100.9',
        'user-agent': 'forged',
      },
      query: {},
      visitor: { address: '203.0.113.7', userAgent: 'Browser/1.0' },
    });
  });

  it('has the query parameters, without empty ones', () => {
    const queryStringParameters = { days: '7', Days: '8', label: '' };
    expect(parseHttpRequest({ ...event(facts), queryStringParameters }).query).toEqual({
      days: '7',
      Days: '8',
      label: undefined,
    });
  });

  it('may lack address and user agent', () => {
    const { visitor } = parseHttpRequest(event({ address: undefined, userAgent: '' }));
    expect(visitor).toEqual({ address: undefined, userAgent: undefined });
  });
});

it.each([
  {},
  { version: '2.0' },
  { version: '2.0', requestContext: {} },
  { version: '1.0', requestContext: null, headers: null },
  { version: 2, headers: { a: 1 }, httpMethod: {}, path: [] },
])('%j is an empty request, not an error', (event) => {
  const request = parseHttpRequest(event as Partial<ApiEvent>);
  expect(request).toMatchObject({ httpMethod: '', path: '', visitor: {} });
  expect(Object.values(request.headers).filter(Boolean)).toEqual([]);
});
