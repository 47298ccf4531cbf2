import { describe, expect, it } from 'vitest';
import { openHttpServer } from '../../../src/local/http-server/http-server.ts';
import { askAs, type Question } from '../../support/ask-as.ts';
import { browser, chrome } from '../../support/browsers.ts';
import { canConnect } from '../../support/can-connect.ts';
import { FORGED, fromEdge, ROUND_THE_EDGE, SECRET } from '../../support/edge-handlers.ts';
import { runBehindEdge, untilCounts } from '../../support/local-counter.ts';
import { runStartCommand } from '../../support/start-command.ts';
import { useEmbeddedDynamoDB } from '../../support/test-environment.ts';

useEmbeddedDynamoDB();

// macOS only has 127.0.0.1.
const hasOtherAddress = process.platform !== 'darwin';

const visit = async (edgeUrl: string, question: Question = {}): Promise<unknown> => {
  const { body } = await askAs(`${edgeUrl}/counter/sessions`, { method: 'POST', ...question });
  return JSON.parse(body);
};

/** Waits until the counter behind the edge has these visitors. */
const untilVisitors = (edgeUrl: string, visitors: number): Promise<void> =>
  untilCounts(`${edgeUrl}/counter`, visitors, visitors);

describe('a site with a counter behind an edge', () => {
  it('serves page and counter on one origin', async () => {
    const { edgeUrl } = await runBehindEdge();
    const { body } = await askAs(`${edgeUrl}/`);
    expect(body).toContain('<script type="module" src="/counter/widget.js"></script>');
    expect(body).toContain('<img src="/counter/badge.svg"');
    expect((await askAs(`${edgeUrl}/style.css`)).headers['content-type']).toContain('text/css');
    const widget = await askAs(`${edgeUrl}/counter/widget.js`);
    expect(widget.headers['content-type']).toContain('text/javascript');
    expect((await askAs(`${edgeUrl}/counts`)).status).toBe(404);
    expect((await askAs(`${edgeUrl}/`, { method: 'POST' })).status).toBe(405);
  });

  it('serves nothing but the API below the prefix, as on AWS', async () => {
    const { url, edgeUrl } = await runBehindEdge();
    for (const path of ['/', '/index.html', '/style.css', '/dashboard', '/dashboard/app.js']) {
      expect((await askAs(`${edgeUrl}/counter${path}`)).status).toBe(404);
    }
    expect((await askAs(`${url}/style.css`)).status).toBe(200);
  });

  it('keeps reads for their max-age, and never a visit', async () => {
    let nowMs = Date.now();
    const { edgeUrl } = await runBehindEdge({ now: () => nowMs });
    const badge = async () => {
      const { body, headers } = await askAs(`${edgeUrl}/counter/badge.svg`);
      return { count: />(\d+)</.exec(body)?.[1], age: headers.age };
    };
    expect(await badge()).toEqual({ count: '0', age: undefined });
    expect(await visit(edgeUrl)).toEqual({ counted: true });
    expect(await visit(edgeUrl)).toEqual({ counted: true });
    expect(await visit(edgeUrl, { headers: { 'user-agent': browser(2) } })).toEqual({
      counted: true,
    });
    await untilVisitors(edgeUrl, 2);
    nowMs += 59_000;
    expect(await badge()).toEqual({ count: '0', age: '59' });
    nowMs += 1_000;
    expect(await badge()).toEqual({ count: '2', age: undefined });
  });

  it.runIf(hasOtherAddress)('counts each address, and none that is forged', async () => {
    const { edgeUrl } = await runBehindEdge({ env: { EDGE_SECRET: SECRET } });
    for (const from of ['127.0.0.1', '127.0.0.2', '127.0.0.2']) await visit(edgeUrl, { from });
    await untilVisitors(edgeUrl, 2);
    for (const edge of [fromEdge(), fromEdge('203.0.113.9:1', FORGED)]) {
      const headers = { ...edge, 'x-forwarded-for': '203.0.113.9' };
      expect(await visit(edgeUrl, { headers })).toEqual({ counted: true });
    }
    expect(await visit(edgeUrl, { from: '127.0.0.3' })).toEqual({ counted: true });
    await untilVisitors(edgeUrl, 3);
  });

  it.runIf(hasOtherAddress)('counts each visit of the legacy route', async () => {
    const { edgeUrl } = await runBehindEdge({ hasLegacyRoute: true });
    const ask = (from: string) => askAs(`${edgeUrl}/counter/`, { from });
    const answers = await Promise.all(['127.0.0.1', '127.0.0.2', '127.0.0.3'].map(ask));
    for (const { body } of answers) expect(body).toContain('Session counted');
    await untilVisitors(edgeUrl, 3);
  });

  it('refuses what would be refused without an edge', async () => {
    const { edgeUrl } = await runBehindEdge();
    const reasonOf = async (headers: Record<string, string>) => await visit(edgeUrl, { headers });
    expect(await reasonOf({ 'user-agent': chrome() })).toMatchObject({ reason: 'automation' });
    expect(await reasonOf({ 'user-agent': 'curl/8' })).toMatchObject({ reason: 'bot' });
    expect(await reasonOf({ 'sec-gpc': '1' })).toMatchObject({ reason: 'opt-out' });
    expect(await reasonOf({ 'sec-purpose': 'prefetch' })).toMatchObject({ reason: 'prefetch' });
    expect(await reasonOf({ purpose: 'prefetch' })).toMatchObject({ reason: 'prefetch' });
    // What a proxy of the viewer may have removed proves nothing.
    const behindProxy = { 'user-agent': chrome(), via: '1.1 proxy' };
    expect(await reasonOf(behindProxy)).toEqual({ counted: true });
  });

  it('has a counter that refuses what comes past the edge', async () => {
    const { url, edgeUrl } = await runBehindEdge({ env: { EDGE_SECRET: SECRET } });
    for (const headers of ROUND_THE_EDGE.filter(canBeSent)) {
      const question = { method: 'POST', headers };
      expect((await askAs(`${url}/sessions`, question)).status).toBe(403);
    }
    expect(await (await fetch(`${edgeUrl}/counter/counts`)).json()).toMatchObject({
      active_sessions: 0,
    });
  });
});

// Node.js sends only such names and values, and of two names that differ in their case one.
const canBeSent = (headers: Readonly<Record<string, string>>): boolean => {
  const names = Object.keys(headers);
  return (
    names.every((name) => /^[\w-]+$/.test(name)) &&
    Object.values(headers).every((value) => /^[\x20-\x7e]*$/.test(value)) &&
    new Set(names.map((name) => name.toLowerCase())).size === names.length
  );
};

it('leaves no edge running when the counter cannot start', async () => {
  const server = await openHttpServer(0);
  const port = Number(new URL(server.url).port);
  await server.stop();
  const env = { ALLOWED_ORIGINS: 'nowhere' };
  await expect(runBehindEdge({ port, env })).rejects.toThrow('ALLOWED_ORIGINS');
  expect(await canConnect(port, '127.0.0.1')).toBe(false);
});

it('says that a stored secret cannot be that of a local edge', async () => {
  await expect(runBehindEdge({ env: { EDGE_SECRET_ID: 'edge' } })).rejects.toThrow(
    'EDGE_SECRET_ID must be unset with --edge, which takes EDGE_SECRET or makes a secret',
  );
});

it('npm start --edge says where the site and its counter are', async () => {
  const command = ['--port', '0', '--ephemeral', '--edge', '--legacy-route'];
  const { url, output } = await runStartCommand(...command);
  expect(output()).toContain(`Page       ${url}/\n`);
  expect(output()).toContain(`Legacy     ${url}/counter/ `);
  expect(output()).toContain(`Counts     ${url}/counter/counts\n`);
  const counter = /Counter {4}(\S+);/.exec(output())?.[1];
  expect(output()).toContain(`Dashboard  ${counter}/dashboard\n`);
  expect((await askAs(`${url}/counter/counts`)).status).toBe(200);
  expect((await askAs(`${counter}/counts`)).status).toBe(403);
});
