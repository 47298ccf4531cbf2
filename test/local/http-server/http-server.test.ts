import { once } from 'node:events';
import { Server, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import { openHttpServer } from '../../../src/local/http-server/http-server.ts';
import { publicErrorResponse } from '../../../src/local/http-server/public-error-response.ts';
import { canConnect } from '../../support/can-connect.ts';
import { openSocket, sendRaw } from '../../support/raw-http.ts';

const open = async (allowedHosts?: readonly string[]) => {
  const server = await openHttpServer(0, allowedHosts);
  onTestFinished(server.stop);
  return server;
};

const respondWithPath = async (_: unknown, { path }: { path: string }) => ({
  statusCode: 200,
  headers: {},
  body: path,
});

/** The addresses, of these, where a server on `host` accepts connections. */
const acceptingOf = async (host: string | undefined, addresses: readonly string[]) => {
  const { url, stop } = await openHttpServer(0, [], host);
  onTestFinished(stop);
  const { port, hostname } = new URL(url);
  const accepts = await Promise.all(addresses.map((address) => canConnect(Number(port), address)));
  return { hostname, addresses: addresses.filter((_, index) => accepts[index]) };
};

const hasIPv6 = Object.values(networkInterfaces())
  .flat()
  .some((found) => found?.address === '::1');

// Another address of this machine, without traffic in its network. macOS only has 127.0.0.1.
const other = process.platform === 'darwin' ? [] : ['127.0.0.2'];

it('listens on 127.0.0.1 by default, and on all addresses of IPv4 at 0.0.0.0', async () => {
  const addresses = ['127.0.0.1', ...other];
  expect(await acceptingOf(undefined, addresses)).toEqual({
    hostname: 'localhost',
    addresses: ['127.0.0.1'],
  });
  expect(await acceptingOf('0.0.0.0', addresses)).toEqual({ hostname: 'localhost', addresses });
});

it.runIf(hasIPv6)('listens on addresses of IPv6, and at :: on those of IPv4 too', async () => {
  const addresses = ['127.0.0.1', '::1'];
  expect(await acceptingOf('::1', addresses)).toEqual({
    hostname: 'localhost',
    addresses: ['::1'],
  });
  expect(await acceptingOf('::', addresses)).toEqual({ hostname: 'localhost', addresses });
});

it.runIf(other.length > 0)(
  'names the address where it listens if that is not localhost',
  async () => {
    expect(await acceptingOf(other[0], ['127.0.0.1', ...other])).toEqual({
      hostname: other[0],
      addresses: [other[0]],
    });
  },
);

it('answers no other host names when it listens on every address', async () => {
  const server = await openHttpServer(0, ['tunnel.example'], '0.0.0.0');
  onTestFinished(server.stop);
  server.serve(respondWithPath);
  const ask = (host: string) =>
    sendRaw(server.url, `GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  for (const host of ['localhost', 'tunnel.example']) {
    expect(await ask(host)).toMatch(/^HTTP\/1.1 200 /);
  }
  for (const host of ['0.0.0.0', '192.0.2.1', 'evil.example']) {
    expect(await ask(host)).toMatch(/^HTTP\/1.1 421 /);
  }
});

it('answers requests that came during the start once it serves', async () => {
  const { url, serve } = await open();
  let answered = 0;
  const early = ['/a', '/b'].map(async (path) => {
    const text = await (await fetch(url + path)).text();
    answered += 1;
    return text;
  });
  await delay(200);
  expect(answered).toBe(0);
  serve(respondWithPath);
  expect(await Promise.all(early)).toEqual(['/a', '/b']);
});

it('tells waiting clients that the start failed, and closes', async () => {
  const { url, stop } = await open();
  const early = sendRaw(url, 'GET /counts HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await delay(100);
  await stop();
  const answer = await early;
  expect(answer).toMatch(/^HTTP\/1.1 503 /);
  expect(answer).toContain('Connection: close');
  expect(answer).toContain('Access-Control-Allow-Origin: *');
  expect(answer).toContain('{"message":"The counter failed to start');
});

it('rejects requests for other hosts before anything else', async () => {
  const { url, serve } = await open(['tunnel.example']);
  const ask = (host: string, target = '/') =>
    sendRaw(url, `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  // Works even before it serves.
  const early = await ask('evil.example:80');
  expect(early).toMatch(/^HTTP\/1.1 421 /);
  expect(early).toContain('Access-Control-Allow-Origin: *');
  expect(early).toContain('npm start -- --allowed-host NAME');
  serve(respondWithPath);
  expect(await ask('localhost', 'http://evil.example/')).toMatch(/^HTTP\/1.1 421 /);
  expect(await ask('evil.example', 'http://localhost/path')).toMatch(/^HTTP\/1.1 200 .*\/path/s);
  for (const host of ['localhost', '127.0.0.1:8080', '[::1]', 'tunnel.example']) {
    expect(await ask(host)).toMatch(/^HTTP\/1.1 200 /);
  }
});

it('explains, to pages of any origin, what Node.js would reject without a message', async () => {
  const { url, serve } = await open();
  serve(respondWithPath);
  const withoutHost = await sendRaw(url, 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n');
  expect(withoutHost).toMatch(/^HTTP\/1.1 421 /);
  expect(withoutHost).toContain('Access-Control-Allow-Origin: *');
  expect(withoutHost).toContain('"message":');
  const expectation = 'Host: localhost\r\nExpect: cake\r\nConnection: close\r\n\r\n';
  expect(await sendRaw(url, `GET /path HTTP/1.1\r\n${expectation}`)).toMatch(
    /^HTTP\/1.1 200 .*\/path/s,
  );
});

it('responds with 500 and keeps running if a handler fails', async () => {
  const { url, serve } = await open();
  const failures = [
    () => Promise.reject(new Error('later')),
    () => {
      throw new Error('at once');
    },
    async () => ({ statusCode: 99, headers: {}, body: '' }),
    async () => ({ statusCode: 200, headers: { 'X-Header': 'line\nbreak' }, body: '' }),
    async () => undefined as never,
  ];
  serve((request, target) => {
    const fail = target.query ? failures[Number(target.query)] : undefined;
    return fail ? fail() : respondWithPath(request, target);
  });
  for (const index of failures.keys()) {
    const response = await fetch(`${url}/?${index}`);
    expect({ index, status: response.status }).toEqual({ index, status: 500 });
    expect(await response.json()).toEqual({ message: expect.stringContaining('try again') });
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
  }
  expect((await fetch(url)).status).toBe(200);
});

it('stops in time even if a handler and a client hang', async () => {
  const { url, serve, stop } = await open();
  serve(() => new Promise(() => undefined));
  const hanging = expect(fetch(url)).rejects.toThrow();
  const half = await openSocket(url);
  half.write('POST /sessions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n');
  const idle = await openSocket(url);
  await delay(100);
  const begun = Date.now();
  await Promise.all([stop(), once(half, 'close'), once(idle, 'close'), hanging]);
  expect(Date.now() - begun).toBeLessThan(3_500);
});

it('limits its connections', async () => {
  const { url, serve } = await open();
  serve(async () => publicErrorResponse(404, 'Nothing'));
  // A socket that does not read does not notice that it was closed.
  const openReading = async () => (await openSocket(url)).resume();
  // In waves: with a full accept queue a connection may wait for half a minute.
  const sockets: Socket[] = [];
  while (sockets.length < 1_050)
    sockets.push(...(await Promise.all(Array.from({ length: 50 }, openReading))));
  const countOpen = () => sockets.filter(({ closed }) => !closed).length;
  await expect.poll(countOpen, { timeout: 15_000 }).toBeLessThanOrEqual(1_000);
  expect(countOpen()).toBeGreaterThan(900);
  for (const socket of sockets) socket.destroy();
  await expect
    .poll(() =>
      fetch(url).then(
        ({ status }) => status,
        () => 0,
      ),
    )
    .toBe(404);
});

it('keeps running if a connection cannot be accepted', async () => {
  const listening = vi.spyOn(Server.prototype, 'listen');
  const { url, serve } = await open();
  serve(respondWithPath);
  const server = listening.mock.contexts[0] as Server;
  listening.mockRestore();
  // As Node.js does when the process has no file descriptor left.
  server.emit('error', Object.assign(new Error('accept EMFILE'), { code: 'EMFILE' }));
  expect(await (await fetch(`${url}/a`)).text()).toBe('/a');
});
