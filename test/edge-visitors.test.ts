import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { httpApiEvent, type RequestFacts, restApiEvent } from './support/api-events.ts';
import { createHandlers, FORGED, fromEdge, SECRET } from './support/edge-handlers.ts';
import { useDatabase } from './support/embedded-database.ts';
import { runLocalCounter, visit } from './support/local-counter.ts';
import { sendRaw } from './support/raw-http.ts';
import { useEmbeddedDynamoDB } from './support/test-environment.ts';

useEmbeddedDynamoDB();
const database = useDatabase();

const EDGES = ['130.176.0.1', '130.176.0.2'] as const; // addresses of CloudFront
const ADDRESS = '198.51.100.20';

const countRows = async (): Promise<number> => {
  const { client, tables } = database();
  const scan = new ScanCommand({ TableName: tables.SESSIONS_TABLE, Select: 'COUNT' });
  return (await client.send(scan)).Count ?? 0;
};

describe.each([
  { scheme: 'hmac-sha256', payload: '2.0', event: httpApiEvent },
  { scheme: 'hmac-sha256', payload: '1.0', event: restApiEvent },
  { scheme: 'sha256', payload: '2.0', event: httpApiEvent },
])('a visitor behind the edge, hashed by $scheme, payload $payload', ({ scheme, ...given }) => {
  const { payload, event } = given;
  /** How many rows the requests write; each test has a key or counter of its own. */
  const rowsOf = async (
    requests: readonly (RequestFacts & { readonly direct?: true })[],
  ): Promise<number> => {
    const before = await countRows();
    const settings = { HASH_SCHEME: scheme, HASH_KEY: `${payload} ${before}`.repeat(10) };
    const behind = createHandlers(database(), { ...settings, EDGE_SECRET: SECRET });
    const direct = createHandlers(database(), settings);
    const userAgent = `Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0 ${payload} ${before}`;
    for (const { direct: isDirect, ...facts } of requests)
      await (isDirect ? direct : behind).ingest(event({ userAgent, address: EDGES[0], ...facts }));
    return (await countRows()) - before;
  };

  it('is one for all ports, and for all places of the edge', async () => {
    const headers = fromEdge(`${ADDRESS}:1`);
    expect(
      await rowsOf([
        { headers },
        { headers: fromEdge(`${ADDRESS}:65535`) },
        { headers, address: EDGES[1] },
        { headers: { ...headers, 'X-Forwarded-For': '203.0.113.1', Forwarded: 'for=203.0.113.2' } },
      ]),
    ).toBe(1);
  });

  it('is the one that came without an edge, with IPv4 and with IPv6 in any form', async () => {
    expect(
      await rowsOf([
        { direct: true, address: ADDRESS },
        { headers: fromEdge(`${ADDRESS}:443`) },
        { direct: true, address: '2001:db8:5::1' },
        { headers: fromEdge('2001:db8:5::1:443') },
        { headers: fromEdge('2001:0DB8:0005:0000:0000:0000:0000:0001:443') },
      ]),
    ).toBe(2);
  });

  it('is another one at another address', async () => {
    const addresses = [`${ADDRESS}:1`, '198.51.100.21:1', '2001:db8:5::1:1', '2001:db8:6::1:1'];
    expect(await rowsOf(addresses.map((address) => ({ headers: fromEdge(address) })))).toBe(4);
  });

  it('cannot be forged by a request that goes round the edge', async () => {
    expect(
      await rowsOf([
        { headers: { 'cloudfront-viewer-address': `${ADDRESS}:1` } },
        { headers: fromEdge(`${ADDRESS}:1`, FORGED) },
        { headers: { ...fromEdge(`${ADDRESS}:1`), 'X-Counter-Edge-Secret': SECRET } },
      ]),
    ).toBe(0);
  });

  it('is who API Gateway says, without an edge', async () => {
    const addresses = [`${ADDRESS}:1`, '198.51.100.21:1'];
    const requests = addresses.map((address) => ({ headers: fromEdge(address) }));
    expect(await rowsOf(requests.map((facts) => ({ ...facts, direct: true })))).toBe(1);
  });
});

it('npm start checks the secret in the same way', async () => {
  const { url } = await runLocalCounter({ env: { EDGE_SECRET: SECRET }, hasLegacyRoute: true });
  expect((await visit(url, fromEdge())).body).toEqual({ counted: true });
  expect((await visit(url, fromEdge(undefined, FORGED))).status).toBe(403);
  for (const path of ['/', '/counts', '/widget.js', '/nowhere']) {
    expect((await fetch(`${url}${path}`)).status).toBe(403);
    const answer = await fetch(`${url}${path}`, { headers: fromEdge() });
    expect(answer.status).toBe(path === '/nowhere' ? 404 : 200);
  }
  // The page of the site is not behind the edge of the counter.
  expect((await fetch(`${url}/index.html`)).status).toBe(200);
  const secret = `X-Counter-Edge-Secret: ${SECRET}\r\n`;
  const address = 'CloudFront-Viewer-Address: 198.51.100.10:1\r\n';
  const ask = (headers: string) =>
    sendRaw(url, `GET /counts HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${headers}\r\n`);
  expect(await ask(secret + address)).toContain('HTTP/1.1 200');
  expect(await ask(secret + secret + address)).toContain('HTTP/1.1 403');
  expect(await ask(secret + address + address)).toContain('HTTP/1.1 403');
});
