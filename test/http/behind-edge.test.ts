import { describe, expect, it } from 'vitest';
import { createGivenSecrets } from '../../src/http/edge-secrets.ts';
import { createHttpHandler } from '../../src/http/http-handler.ts';
import { jsonResponse } from '../../src/http/http-response.ts';
import { httpApiEvent } from '../support/api-events.ts';
import { fromEdge, SECRET } from '../support/edge-handlers.ts';
import { createKeptLog } from '../support/kept-log.ts';

const log = createKeptLog();
const createEcho = (isRequired: boolean) =>
  createHttpHandler({
    routes: { '/echo': { GET: async (request) => jsonResponse(200, request) } },
    ...{
      allowedOrigins: ['https://a.example'],
      log,
      edge: { secrets: createGivenSecrets([SECRET]), isRequired },
    },
  });
const echo = createEcho(true);

it('a route gets the address of the viewer, and none of the headers of the edge', async () => {
  const headers = { ...fromEdge('2001:db8::7:443'), dnt: '1' };
  const { body } = await echo(httpApiEvent({ method: 'GET', path: '/echo', headers }));
  expect(JSON.parse(body)).toEqual({
    ...{ version: '1.0', httpMethod: 'GET', path: '/echo', query: {}, headers: { dnt: '1' } },
    visitor: { address: '2001:db8::7', userAgent: expect.stringContaining('Mozilla') },
  });
});

it('a route sees the proxies of the viewer, but not CloudFront', async () => {
  const viaOf = async (via: string) => {
    const headers = { ...fromEdge(), via };
    const { body } = await echo(httpApiEvent({ method: 'GET', path: '/echo', headers }));
    return JSON.parse(body).headers.via;
  };
  expect(await viaOf('2.0 2f66aa06710fece8.cloudfront.net (CloudFront)')).toBeUndefined();
  const behindProxy = '1.1 proxy, 2.0 2f66aa06710fece8.cloudfront.net (CloudFront)';
  expect(await viaOf(behindProxy)).toBe('1.1 proxy');
});

it('a preflight request needs no secret, and gets the same answer as without an edge', async () => {
  const origin = 'https://a.example';
  const { statusCode, headers } = await echo(
    httpApiEvent({ method: 'OPTIONS', path: '/echo', headers: { origin } }),
  );
  expect(statusCode).toBe(204);
  expect(headers).toMatchObject({
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Methods': 'GET',
  });
});

it('a refused request is not logged', async () => {
  await echo(httpApiEvent({ method: 'GET', path: '/echo' }));
  expect(log.lines).toEqual([]);
});

describe('an edge that is not required', () => {
  const lenient = createEcho(false);
  const askWith = async (headers: Record<string, string>) => {
    const { statusCode, body } = await lenient(
      httpApiEvent({ method: 'GET', path: '/echo', headers }),
    );
    return { statusCode, address: JSON.parse(body).visitor?.address };
  };

  it('lets requests without the secret pass, with the address of their connection', async () => {
    const direct = await askWith({ 'cloudfront-viewer-address': '198.51.100.99:443' });
    expect(direct).toEqual({ statusCode: 200, address: '203.0.113.7' });
  });

  it('believes the viewer address of requests with the secret', async () => {
    const { address } = await askWith(fromEdge('198.51.100.99:443'));
    expect(address).toBe('198.51.100.99');
  });

  it.each(['wrong', `${SECRET}, ${SECRET}`])('refuses the wrong secret "%s"', async (secret) => {
    const { statusCode } = await askWith({ ...fromEdge(), 'x-counter-edge-secret': secret });
    expect(statusCode).toBe(403);
  });
});
