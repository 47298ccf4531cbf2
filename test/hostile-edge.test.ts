import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseHttpRequest } from '../src/http/http-request.ts';
import { httpApiEvent, restApiEvent } from './support/api-events.ts';
import {
  createHandlers,
  FORGED,
  FORMER,
  fromEdge,
  type HttpFunction,
  ROUND_THE_EDGE,
  SECRET,
} from './support/edge-handlers.ts';
import { useDatabase } from './support/embedded-database.ts';
import { useKeyStores } from './support/fake-key-stores.ts';
import { hostileHttpEvent } from './support/hostile-events.ts';

const SEED = Number(process.env.HOSTILE_SEED ?? Math.floor(Math.random() * 1e9));
const ORIGIN = 'https://a.example';
const database = useDatabase();

const ROUTES: readonly { name: HttpFunction; method: string; path: string; status: number }[] = [
  { name: 'ingest', method: 'POST', path: '/sessions', status: 202 },
  { name: 'ingest', method: 'DELETE', path: '/sessions/me', status: 204 },
  { name: 'ingest', method: 'GET', path: '/sessions', status: 405 },
  { name: 'query', method: 'GET', path: '/counts', status: 200 },
  { name: 'query', method: 'GET', path: '/history', status: 200 },
  { name: 'query', method: 'GET', path: '/badge.svg', status: 200 },
  { name: 'query', method: 'GET', path: '/widget.js', status: 200 },
  { name: 'query', method: 'GET', path: '/openapi.json', status: 200 },
  { name: 'query', method: 'POST', path: '/counts', status: 405 },
  { name: 'query', method: 'GET', path: '/__proto__', status: 404 },
  { name: 'legacy', method: 'GET', path: '/', status: 200 },
  { name: 'legacy', method: 'GET', path: '/other', status: 404 },
];

let printed = '';
beforeEach(() => {
  printed = '';
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'DEBUG');
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      printed += text;
      return true;
    });
  }
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const EVENTS = [
  { payload: '2.0', event: httpApiEvent },
  { payload: '1.0', event: restApiEvent },
];
const CASES = EVENTS.flatMap((one) => ROUTES.map((route) => ({ ...one, ...route })));

describe.each(CASES)('$method $path of $name, payload $payload', (route) => {
  const { event, name, method, path, status } = route;
  const ask = (headers: Record<string, string>, settings: Record<string, string>) => {
    const handlers = createHandlers(database(), { ALLOWED_ORIGINS: ORIGIN, ...settings });
    return handlers[name](event({ method, path, headers: { Origin: ORIGIN, ...headers } }));
  };
  const askEdge = (headers: Record<string, string>) => ask(headers, { EDGE_SECRET: SECRET });

  it('answers requests of the edge, in whatever case the names of its headers are', async () => {
    expect((await askEdge(fromEdge())).statusCode).toBe(status);
    const renamed = {
      'X-Counter-Edge-Secret': SECRET,
      'CloudFront-Viewer-Address': '2001:db8::1:443',
    };
    expect((await askEdge(renamed)).statusCode).toBe(status);
  });

  it.each(ROUND_THE_EDGE)('refuses %j, to pages of an allowed origin readably', async (headers) => {
    const answer = await askEdge(headers);
    expect(answer).toMatchObject({
      statusCode: 403,
      headers: {
        ...{ 'Content-Type': 'application/json', 'Cache-Control': 'no-store' },
        'Access-Control-Allow-Origin': ORIGIN,
      },
    });
    expect(JSON.parse(answer.body)).toEqual({
      message: 'This API only answers requests that come through its content delivery network.',
    });
    expect(printed).toBe('');
  });

  it.each<Record<string, string>>([
    { 'x-counter-edge-secret': SECRET },
    ...['', '198.51.100.10', '[2001:db8::1]:443', '198.51.100.9:1,198.51.100.9:1'].map((address) =>
      fromEdge(address),
    ),
    { ...fromEdge(), 'CloudFront-Viewer-Address': '198.51.100.9:443' },
  ])('refuses %j, because the address of the viewer is unknown', async (headers) => {
    const { statusCode, body } = await askEdge(headers);
    expect(statusCode).toBe(403);
    expect(body).toContain('must send the header CloudFront-Viewer-Address');
    expect(body).not.toMatch(/198\.51\.100\.9|2001:db8/);
  });

  it('accepts both secrets while the secret is changed, and then only the new one', async () => {
    const both = { EDGE_SECRET: SECRET, EDGE_SECRET_PREVIOUS: FORMER };
    expect((await ask(fromEdge(), both)).statusCode).toBe(status);
    expect((await ask(fromEdge(undefined, FORMER), both)).statusCode).toBe(status);
    expect((await ask(fromEdge(undefined, FORGED), both)).statusCode).toBe(403);
  });

  it('answers nobody while a stored secret cannot be read', async () => {
    await useKeyStores({ edge: SECRET }, 'denied');
    const { statusCode, headers } = await ask(fromEdge(), { EDGE_SECRET_ID: 'edge' });
    expect({ statusCode, retry: headers['Retry-After'] }).toEqual({ statusCode: 503, retry: '5' });
    expect(printed).toContain('The edge secret of EDGE_SECRET_ID cannot be read');
    expect(printed).not.toMatch(/secret-of-the-edge|198\.51/);
  });

  it('reads a stored secret only for a request that has one', async () => {
    const { asked } = await useKeyStores({ edge: SECRET });
    expect((await ask({}, { EDGE_SECRET_ID: 'edge' })).statusCode).toBe(403);
    expect(asked).toEqual([]);
    expect((await ask(fromEdge(), { EDGE_SECRET_ID: 'edge' })).statusCode).toBe(status);
    expect(asked).toEqual(['GetSecretValue', 'GetSecretValue']);
  });

  it('ignores the headers of an edge without one', async () => {
    for (const headers of ROUND_THE_EDGE) expect((await ask(headers, {})).statusCode).toBe(status);
  });
});

it(`refuses every hostile event with HOSTILE_SEED=${SEED}, except preflight requests`, async () => {
  const handlers = createHandlers(database(), { EDGE_SECRET: SECRET });
  const isRefused = fc.asyncProperty(hostileHttpEvent, async (event) => {
    const expected = parseHttpRequest(event).httpMethod === 'OPTIONS' ? 204 : 403;
    for (const handler of Object.values(handlers))
      expect((await handler(event as never)).statusCode).toBe(expected);
    expect(printed).toBe('');
  });
  await fc.assert(isRefused, { seed: SEED, numRuns: 200 });
});
