import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { createEdge } from '../../src/local/edge/edge.ts';
import { openHttpServer } from '../../src/local/http-server/http-server.ts';
import { browser } from '../support/browsers.ts';
import { SECRET } from '../support/edge-handlers.ts';
import { runLocalCounter } from '../support/local-counter.ts';
import { useBrowser } from './support/browser.ts';
import { oneLine, textOf, untilNextRead, untilReadLater } from './support/pages.ts';

const openReader = useBrowser();

const ONE = '1 visitor, 1 active in the last hour';
const TWO = '2 visitors, 2 active in the last hour';

/** A page with the widget and the badge behind an edge that answers without the headers of CORS. */
const startSite = async () => {
  const counter = await runLocalCounter({ env: { EDGE_SECRET: SECRET } });
  const server = await openHttpServer(0);
  onTestFinished(server.stop);
  const html = `${oneLine('/counter')}<img src="/counter/badge.svg" alt="readers">`;
  const page = { statusCode: 200, headers: { 'Content-Type': 'text/html' }, body: html };
  const edge = createEdge({
    ...{ prefix: '/counter', counterUrl: counter.url, secret: SECRET, site: async () => page },
    ...{ hasListedOrigins: false, hasLegacyRoute: false },
  });
  /** Each request to the counter, with what the edge did: `GET /badge.svg Hit`. */
  const requests: string[] = [];
  server.serve(async (request, target) => {
    const answer = await edge(request, target);
    const headers = Object.entries(answer.headers).filter(
      ([name]) => !/^access-control-/i.test(name),
    );
    const [, path] = target.path.split('/counter');
    const [did = 'Forwarded'] = (answer.headers['X-Cache'] ?? 'Forwarded').split(' ');
    if (path !== undefined) requests.push(`${request.method} ${path} ${did}`);
    return { ...answer, headers: Object.fromEntries(headers) };
  });
  return { url: server.url, requests };
};

/** Opens the page in a new profile, and waits until its badge is loaded and it shows these counts. */
const openPage = async (url: string, counts: string, userAgent = browser()): Promise<Page> => {
  const page = await (await openReader({ userAgent })).newPage();
  await page.clock.install();
  await page.goto(url, { waitUntil: 'load' });
  await untilReadLater(page, counts);
  return page;
};

it('two browsers on the same site are two visitors, without a preflight and headers of CORS', async () => {
  const { url, requests } = await startSite();
  const first = await openPage(url, ONE);
  await openPage(url, TWO, browser(2));
  await untilReadLater(first, TWO);
  // No OPTIONS. The widget sends a visit again until it is answered, so there may be more than two.
  const others = requests.filter((request) => !request.startsWith('GET'));
  expect(new Set(others)).toEqual(new Set(['POST /sessions Forwarded']));
});

it('a page that is opened again is answered at the edge, and its visit is not', async () => {
  const { url, requests } = await startSite();
  await openPage(url, ONE);
  expect(requests).toContain('GET /widget.js Miss');
  expect(requests).toContain('GET /badge.svg Miss');
  requests.length = 0;
  const again = await openPage(url, ONE);
  expect(requests).toContain('GET /widget.js Hit');
  expect(requests).toContain('GET /badge.svg Hit');
  expect(requests).toContain('POST /sessions Forwarded');
  // A visit that was counted twice would be visible by now.
  await again.waitForTimeout(500);
  await untilNextRead(again);
  expect(await textOf(again)).toBe(ONE);
});
