import { describe, expect, it } from 'vitest';
import { createHttpHandler } from '../../src/http/http-handler.ts';
import { errorResponse, jsonResponse } from '../../src/http/http-response.ts';
import { httpApiEvent, restApiEvent } from '../support/api-events.ts';
import { createKeptLog } from '../support/kept-log.ts';

const SECRET = 'arn:aws:dynamodb:eu-central-1:123456789012:table/sessions is not there';
const routes = {
  '/ok': { GET: async () => jsonResponse(202, { counted: true }) },
  '/refused': { GET: async () => errorResponse(403, 'No.') },
  '/closed': { GET: async () => errorResponse(503, 'Not now.') },
  '/broken': {
    GET: async () => {
      throw new Error(SECRET);
    },
  },
};
const ALLOWED = 'https://a.example';
const wired = (allowedOrigins: '*' | string[], log = createKeptLog()) =>
  createHttpHandler({ routes, allowedOrigins, log });

const statuses = [
  { status: 202, method: 'GET', path: '/ok' },
  { status: 403, method: 'GET', path: '/refused' },
  { status: 404, method: 'GET', path: '/nowhere' },
  { status: 405, method: 'POST', path: '/ok' },
  { status: 500, method: 'GET', path: '/broken' },
  { status: 503, method: 'GET', path: '/closed' },
  { status: 204, method: 'OPTIONS', path: '/ok' },
  { status: 204, method: 'OPTIONS', path: '/nowhere' },
];
const versions = [
  { payload: '2.0', event: httpApiEvent },
  { payload: '1.0', event: restApiEvent },
];

describe.each(versions)('CORS, payload $payload', ({ event }) => {
  describe.each(statuses)('on $status for $method $path', ({ status, method, path }) => {
    const ask = (allowed: '*' | string[], origin?: string) =>
      wired(allowed)(event({ method, path, headers: origin ? { Origin: origin } : {} }));

    it.each([undefined, ALLOWED, 'null'])('allows every origin by default: %s', async (origin) => {
      const { statusCode, headers } = await ask('*', origin);
      expect(statusCode).toBe(status);
      expect(headers).toMatchObject({
        'Access-Control-Allow-Origin': '*',
        'Access-Control-Allow-Methods': 'GET',
      });
      expect(headers).not.toHaveProperty('Access-Control-Allow-Credentials');
      expect(headers).not.toHaveProperty('Vary');
    });

    it('names an allowed origin, for that origin only', async () => {
      const { statusCode, headers } = await ask([ALLOWED], ALLOWED);
      expect(statusCode).toBe(status);
      expect(headers).toMatchObject({ 'Access-Control-Allow-Origin': ALLOWED, Vary: 'Origin' });
      expect(headers).not.toHaveProperty('Access-Control-Allow-Credentials');
    });

    it.each([undefined, 'https://b.example'])('names no origin for %s', async (origin) => {
      const { statusCode, headers } = await ask([ALLOWED], origin);
      expect(statusCode).toBe(status);
      expect(headers).not.toHaveProperty('Access-Control-Allow-Origin');
      expect(headers).toMatchObject({ 'Access-Control-Allow-Methods': 'GET', Vary: 'Origin' });
    });
  });
});

it("never leaks one caller's origin to the next", async () => {
  const handler = wired([ALLOWED, 'https://b.example']);
  const ask = async (origin: string) =>
    (await handler(httpApiEvent({ method: 'GET', path: '/ok', headers: { origin } }))).headers;
  expect((await ask(ALLOWED))['Access-Control-Allow-Origin']).toBe(ALLOWED);
  expect((await ask('https://b.example'))['Access-Control-Allow-Origin']).toBe('https://b.example');
  expect(await ask('https://c.example')).not.toHaveProperty('Access-Control-Allow-Origin');
});

it('an unexpected error is logged in full and hidden from the client', async () => {
  const log = createKeptLog();
  const { statusCode, headers, body } = await wired(
    '*',
    log,
  )(httpApiEvent({ method: 'GET', path: '/broken' }));
  expect({ statusCode, type: headers['Content-Type'] }).toEqual({
    statusCode: 500,
    type: 'application/json',
  });
  expect(JSON.parse(body)).toEqual({
    message: 'Something went wrong here; please try again later.',
  });
  expect(log.lines).toEqual([['The request failed', new Error(SECRET)]]);
});

it.each([{}, { version: '2.0' }, { version: '2.0', requestContext: null }, undefined, null])(
  'responds 404 to the event %j, with CORS headers',
  async (event) => {
    const { statusCode, headers } = await wired('*')(event as never);
    expect({ statusCode, origin: headers['Access-Control-Allow-Origin'] }).toEqual({
      statusCode: 404,
      origin: '*',
    });
  },
);
