import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { EDGE_SECRET_HEADER, VIEWER_ADDRESS_HEADER } from '../../../src/http/edge-header-names.ts';
import { createEdge } from '../../../src/local/edge/edge.ts';
import { openHttpServer } from '../../../src/local/http-server/http-server.ts';
import { askAs } from '../../support/ask-as.ts';
import { SECRET } from '../../support/edge-handlers.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => unknown;

/** An edge in front of an API that answers in this way; `received` is what the API has got. */
const startEdge = async (answer: Answer, timeoutMs?: number) => {
  const received: { method?: string; url?: string; headers: Record<string, unknown> }[] = [];
  const api = createServer(({ method = '', url = '', headers }, response) => {
    received.push({ method, url, headers });
    answer({ method, url, headers } as IncomingMessage, response);
  });
  await once(api.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void api.close());
  const { port } = api.address() as AddressInfo;
  const clock = { nowMs: 1_000_000 };
  const server = await openHttpServer(0);
  onTestFinished(server.stop);
  const handler = createEdge({
    ...{ prefix: '/counter', counterUrl: `http://127.0.0.1:${port}`, secret: SECRET },
    ...{ hasListedOrigins: false, hasLegacyRoute: false, now: () => clock.nowMs },
    ...(timeoutMs && { timeoutMs }),
    site: async () => ({ statusCode: 200, headers: {}, body: 'the site' }),
  });
  server.serve(handler);
  return { url: server.url, received, clock, port, api };
};

const cachedFor = (seconds: number): Answer => {
  let answers = 0;
  return (_, response) => {
    answers += 1;
    response.writeHead(200, { 'Cache-Control': `max-age=${seconds}`, ETag: '"e"' });
    response.end(`answer ${answers}`);
  };
};

it('sends only the paths below the prefix to the API, without the prefix', async () => {
  const { url, received, port } = await startEdge(cachedFor(60));
  expect((await askAs(`${url}/counts`)).body).toBe('the site');
  expect((await askAs(`${url}/counter/counts?counter=a&x=1`)).body).toBe('answer 1');
  expect(received).toMatchObject([{ method: 'GET', url: '/counts?counter=a' }]);
  const { headers } = received[0] ?? { headers: {} };
  const names = ['connection', 'host', 'user-agent', 'via', 'x-forwarded-for'];
  expect(new Set(Object.keys(headers))).toEqual(
    new Set([...names, VIEWER_ADDRESS_HEADER, EDGE_SECRET_HEADER]),
  );
  expect(headers.host).toBe(`127.0.0.1:${port}`);
  expect(headers[VIEWER_ADDRESS_HEADER]).toMatch(/^127\.0\.0\.1:\d+$/);
});

it('asks once in each max-age, for any number of viewers at once', async () => {
  const { url, received, clock } = await startEdge(cachedFor(60));
  const get = () => askAs(`${url}/counter/counts`);
  await Promise.all(Array.from({ length: 20 }, get));
  clock.nowMs += 59_000;
  expect(await get()).toMatchObject({ body: 'answer 1', headers: { age: '59' } });
  expect(received).toHaveLength(1);
  clock.nowMs += 1_000;
  expect((await get()).body).toBe('answer 2');
});

it('answers as usual a viewer who refuses what is kept, as the widget does', async () => {
  const { url } = await startEdge(cachedFor(60));
  await askAs(`${url}/counter/counts`);
  const headers = { 'cache-control': 'no-cache', pragma: 'no-cache' };
  expect((await askAs(`${url}/counter/counts`, { headers })).body).toBe('answer 1');
});

it('tells a viewer who has the answer that it is still valid', async () => {
  const { url } = await startEdge(cachedFor(60));
  const ask = (tag: string) =>
    askAs(`${url}/counter/widget.js`, { headers: { 'if-none-match': tag } });
  expect(await ask('"e"')).toMatchObject({ status: 304, body: '' });
  expect(await ask('"other"')).toMatchObject({ status: 200, body: 'answer 1' });
});

it.each(['POST', 'DELETE', 'OPTIONS', 'PUT'])('keeps no answer to %s', async (method) => {
  const { url, received } = await startEdge(cachedFor(60));
  const ask = async () => (await askAs(`${url}/counter/sessions`, { method })).body;
  expect([await ask(), await ask()]).toEqual(['answer 1', 'answer 2']);
  expect(received).toMatchObject([{ method }, { method }]);
});

it.each(['POST', 'OPTIONS'])('forwards no %s to a path of reads', async (method) => {
  const { url, received } = await startEdge(cachedFor(60));
  expect((await askAs(`${url}/counter/counts`, { method })).status).toBe(403);
  expect(received).toEqual([]);
});

it('forwards status, headers and content as they are', async () => {
  const { url } = await startEdge((_, response) =>
    response
      .writeHead(418, { 'Content-Encoding': 'gzip', 'Retry-After': '5', Vary: 'Origin' })
      .end('not gzip'),
  );
  const expected = { 'content-encoding': 'gzip', 'retry-after': '5', vary: 'Origin' };
  expect(await askAs(`${url}/counter/counts`)).toMatchObject({
    ...{ status: 418, body: 'not gzip', headers: expected },
  });
});

it('keeps an error for ten seconds', async () => {
  const { url, received, clock } = await startEdge((_, response) =>
    response.writeHead(404, { 'Cache-Control': 'no-store' }).end(),
  );
  for (const ms of [0, 9_999, 1]) {
    clock.nowMs += ms;
    expect((await askAs(`${url}/counter/counts`)).status).toBe(404);
  }
  expect(received).toHaveLength(2);
});

it.each<[string, Answer]>([
  ['closes the connection', ({ url }, response) => url && response.destroy()],
  ['breaks off', (_, response) => response.write('half', () => response.destroy())],
  ['is reset', (_, response) => response.write('half', () => response.socket?.resetAndDestroy())],
])('answers 502 when the API %s', async (_, answer) => {
  const { url } = await startEdge(answer);
  expect((await askAs(`${url}/counter/counts`)).status).toBe(502);
  expect((await askAs(`${url}/counter/sessions`, { method: 'POST' })).status).toBe(502);
});

it('answers 502 when nobody listens', async () => {
  const { url, api } = await startEdge(cachedFor(60));
  api.close();
  await once(api, 'close');
  expect((await askAs(`${url}/counter/counts`)).status).toBe(502);
});

it.each<[string, Answer]>([
  ['does not answer', () => undefined],
  ['does not finish its answer', (_, response) => response.write('half')],
])('answers 504 when the API %s in time, to all who wait', async (_, answer) => {
  const { url, api } = await startEdge(answer, 50);
  const get = async () => (await askAs(`${url}/counter/counts`)).status;
  expect(await Promise.all([get(), get()])).toEqual([504, 504]);
  expect((await askAs(`${url}/counter/sessions`, { method: 'POST' })).status).toBe(504);
  api.closeAllConnections();
});

it('does not announce the trailers of an answer, which it drops', async () => {
  const { url } = await startEdge((_, response) => {
    response.writeHead(200, { Trailer: 'X-Last' }).write('content');
    response.addTrailers({ 'X-Last': '1' });
    response.end();
  });
  const { status, body, headers } = await askAs(`${url}/counter/counts`);
  expect({ status, body, trailer: headers.trailer }).toEqual({ status: 200, body: 'content' });
});
