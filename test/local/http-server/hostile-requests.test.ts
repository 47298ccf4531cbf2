import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { browser } from '../../support/browsers.ts';
import { countsOf } from '../../support/local-counter.ts';
import { sendAndBreakOff, sendRaw } from '../../support/raw-http.ts';
import { runStartCommand, type StartedCommand } from '../../support/start-command.ts';
import { useOwnTables } from '../../support/test-environment.ts';

const SEED = Number(process.env.HOSTILE_SEED ?? Math.floor(Math.random() * 1e9));

useOwnTables();
vi.setConfig({ testTimeout: 60_000 });

let counter: StartedCommand;

beforeEach(async () => {
  counter = await runStartCommand('--port', '0', '--ephemeral');
});

// Whatever a test sent, the process is alive, answers requests and has logged no error.
afterEach(async () => {
  const { process: run, output, url } = counter;
  expect({ code: run.exitCode, signal: run.signalCode }).toEqual({ code: null, signal: null });
  expect(await countsOf(url)).toMatchObject({ active_window_minutes: 60 });
  expect((await fetch(url)).status).toBe(200);
  expect(output()).not.toMatch(/error|warn/i);
});

const send = (bytes: string) => sendRaw(counter.url, bytes);

const get = (target: string, ...headers: string[]) =>
  send(
    [`GET ${target} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...headers, '', ''].join(
      '\r\n',
    ),
  );

const statusOf = (answer: string): number => Number(answer.split(' ')[1]);

const RANGES = [
  ...['bytes=10-5', 'bytes=0-9007199254740993', 'bytes=0-1e400', 'bytes=-1', 'bytes=5-', 'bytes='],
  ...['bytes=0-0,10-5', 'bytes=99999999999-', 'lines=1-2', 'bytes=-99999999999999999999'],
];

it('sends the whole file for every range', async () => {
  for (const range of RANGES) {
    for (const [target, status] of Object.entries({ '/': 200, '/page.js': 200, '/nowhere': 404 })) {
      const answer = await get(target, `Range: ${range}`);
      expect({ range, target, status: statusOf(answer) }).toEqual({ range, target, status });
    }
  }
});

const TARGETS = [
  { target: '/%', status: 404 },
  { target: '/%00', status: 404 },
  { target: '/%ff%fe', status: 404 },
  { target: '//', status: 404 },
  { target: '//evil.example/', status: 404 },
  { target: '/../../../../etc/passwd', status: 404 },
  { target: '/..%2f..%2fpackage.json', status: 404 },
  { target: '/\xff', status: 400 },
  { target: '/?%=%&%', status: 200 },
  { target: '/counts?%ff=%', status: 200 },
  { target: '/history?days=%', status: 400 },
  { target: '/badge.svg?label=%f0%28%8c%28&color=%00', status: 400 },
  { target: '/__proto__', status: 404 },
  { target: `/${'a'.repeat(8_000)}`, status: 404 },
  { target: `/${'../'.repeat(2_500)}etc/passwd`, status: 404 },
  { target: 'http://localhost/counts', status: 200 },
  { target: 'http://localhost', status: 200 },
  { target: 'http://evil.example/counts', status: 421 },
  { target: 'http://', status: 421 },
  { target: 'http://[/', status: 421 },
  { target: `/${'a'.repeat(20_000)}`, status: 431 },
];

it('answers every target, with a message if there is nothing', async () => {
  for (const { target, status } of TARGETS) {
    const answer = await get(target);
    expect({ target, status: statusOf(answer) }).toEqual({ target, status });
    expect(answer).toContain(status === 200 ? '' : 'Access-Control-Allow-Origin: *');
    expect(answer).toMatch(status === 200 ? /./ : /"message":"[^"]+"/);
  }
});

// The server closes the connection after some of them; for the others the first response is enough.
const MISUSES: { name: string; bytes: string; begins: RegExp; isClosed?: true }[] = [
  { isClosed: true, name: 'not HTTP', bytes: 'hello\r\n\r\n', begins: /^HTTP\/1.1 400 / },
  {
    isClosed: true,
    name: 'TLS',
    bytes: '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
    begins: /^HTTP\/1.1 400 /,
  },
  { name: 'no host', bytes: 'GET / HTTP/1.1\r\n\r\n', begins: /^HTTP\/1.1 421 / },
  {
    isClosed: true,
    name: 'HTTP/1.0',
    bytes: 'GET / HTTP/1.0\r\n\r\n',
    begins: /^HTTP\/1.1 421 /,
  },
  {
    isClosed: true,
    name: 'HTTP/2',
    bytes: 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    begins: /^HTTP\/1.1 (400|505) |^$/,
  },
  {
    name: 'two hosts',
    bytes: 'GET /counts HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n',
    begins: /^HTTP\/1.1 (200|400) /,
  },
  {
    isClosed: true,
    name: 'a tunnel',
    bytes: 'CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n',
    begins: /^$/,
  },
  {
    name: 'another protocol',
    bytes:
      'GET /counts HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    begins: /^HTTP\/1.1 200 /,
  },
  {
    name: 'an expectation',
    bytes:
      'POST /sessions HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n{}',
    begins: /^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 202 /,
  },
  {
    name: 'an unknown expectation',
    bytes: 'GET / HTTP/1.1\r\nHost: localhost\r\nExpect: unknown\r\n\r\n',
    begins: /^HTTP\/1.1 200 /,
  },
  {
    name: 'OPTIONS *',
    bytes: 'OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n',
    begins: /^HTTP\/1.1 204 /,
  },
  {
    name: 'a smuggled request',
    bytes:
      'POST /sessions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    begins: /^HTTP\/1.1 400 /,
  },
  {
    name: 'broken chunks',
    bytes: 'POST /sessions HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
    begins: /^HTTP\/1.1 (202|400) /,
  },
  {
    name: 'an incomplete body',
    bytes: 'POST /sessions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{',
    begins: /^HTTP\/1.1 (202|400) /,
  },
  {
    name: 'an invalid length',
    bytes: 'POST /sessions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1e99\r\n\r\n',
    begins: /^HTTP\/1.1 400 /,
  },
  {
    name: 'a folded header',
    bytes: 'GET / HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\n\r\n',
    begins: /^HTTP\/1.1 (200|400) /,
  },
  {
    name: 'a binary origin',
    bytes: 'POST /sessions HTTP/1.1\r\nHost: localhost\r\nOrigin: \xff\xfe\x80\r\n\r\n',
    begins: /^HTTP\/1.1 202 /,
  },
  {
    name: 'too many headers',
    bytes: `GET / HTTP/1.1\r\nHost: localhost\r\n${'x: y\r\n'.repeat(5_000)}\r\n`,
    begins: /^HTTP\/1.1 (200|431) /,
  },
  {
    isClosed: true,
    name: 'a hundred pipelined requests and then garbage',
    bytes: `${'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(100)}garbage`,
    begins: /^HTTP\/1.1 /,
  },
];

it('survives every misuse of HTTP', async () => {
  for (const { name, bytes, begins, isClosed } of MISUSES) {
    const enough = isClosed ? undefined : begins;
    const answer = await sendRaw(counter.url, Buffer.from(bytes, 'latin1'), { enough });
    expect({ name, answer }).toEqual({ name, answer: expect.stringMatching(begins) });
  }
});

it('leaks no file descriptor over 2,000 aborted page loads', async () => {
  const descriptors = () => readdirSync(`/proc/${counter.process.pid}/fd`).length;
  await fetch(counter.url);
  const before = descriptors();
  for (let round = 0; round < 40; round += 1) {
    const loads = Array.from({ length: 50 }, (_, load) => {
      const path = ['/', '/style.css', '/page.js', '/index.html'][load % 4];
      const request = `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;
      return sendAndBreakOff(counter.url, request, load % 3 === 0);
    });
    await Promise.all(loads);
  }
  await expect.poll(descriptors, { timeout: 5_000 }).toBeLessThan(before + 20);
});

const line = fc.oneof(
  fc.constantFrom('Host: localhost', 'Host: evil.example', 'Expect: 100-continue', 'Upgrade: h2c'),
  fc.constantFrom('Connection: upgrade', 'Connection: close', 'Transfer-Encoding: chunked'),
  fc.constantFrom(
    'Range: bytes=10-5',
    'If-None-Match: "',
    'Origin: null',
    'Origin: https://e.example',
  ),
  fc.nat({ max: 2_000 }).map((length) => `Content-Length: ${length}`),
  fc.constantFrom(`User-Agent: ${browser()}`, 'Access-Control-Request-Method: DELETE'),
  fc
    .tuple(fc.string(), fc.string({ unit: 'binary', maxLength: 200 }))
    .map((parts) => parts.join(': ')),
);

const target = fc.oneof(
  fc.constantFrom(
    '/',
    '/counts',
    '/sessions',
    '/sessions/me',
    '/widget.js',
    '/style.css',
    '*',
    '//',
  ),
  fc.webPath({ size: 'large' }),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
);

const method = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom('GET', 'HEAD', 'POST', 'DELETE', 'OPTIONS') },
  fc.constantFrom('CONNECT', 'TRACE', 'PROPFIND', 'QUERY', 'M-SEARCH', 'get', ''),
);

const request = fc
  .record({
    method,
    target,
    version: fc.constantFrom('HTTP/1.1', 'HTTP/1.1', 'HTTP/1.1', 'HTTP/1.0', 'HTTP/9.9', 'ICY'),
    host: fc.constantFrom(['Host: localhost'], ['Host: localhost'], []),
    lines: fc.array(line, { maxLength: 6 }),
    body: fc.string({ unit: 'binary', maxLength: 500 }),
  })
  .map((parts) => {
    const first = `${parts.method} ${parts.target} ${parts.version}`;
    return [first, ...parts.host, ...parts.lines, '', parts.body].join('\r\n');
  });

const bytes = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.array(request, { minLength: 1, maxLength: 4 }).map((all) => all.join('')),
  },
  {
    weight: 1,
    arbitrary: fc
      .uint8Array({ maxLength: 2_000 })
      .map((all) => Buffer.from(all).toString('latin1')),
  },
);

it(`survives random connections, with HOSTILE_SEED=${SEED}`, async () => {
  const survives = fc.asyncProperty(
    fc.array(fc.record({ bytes, isAborted: fc.boolean() }), { minLength: 40, maxLength: 40 }),
    async (connections) => {
      const sent = connections.map((connection) =>
        connection.isAborted
          ? sendAndBreakOff(counter.url, connection.bytes, false)
          : sendRaw(counter.url, Buffer.from(connection.bytes, 'latin1'), { milliseconds: 120 }),
      );
      await Promise.all(sent);
      expect((await fetch(counter.url)).status).toBe(200);
    },
  );
  await fc.assert(survives, { seed: SEED, numRuns: 20 });
});
