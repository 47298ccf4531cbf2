import { createServer } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import type { HttpHandler } from '../../../src/http/http-handler.ts';
import { createIngestHandler } from '../../../src/ingest/ingest-handler.ts';
import { openDatabase } from '../../../src/local/database.ts';
import { openHttpServer } from '../../../src/local/http-server/http-server.ts';
import { createRouter } from '../../../src/local/http-server/router.ts';
import { startProjection } from '../../../src/local/projection.ts';
import { buildWidget } from '../../../src/local/widget-bundle.ts';
import { createQueryHandler } from '../../../src/query/query-handler.ts';
import { readCounter } from '../../../src/tables/read-counter.ts';
import { ageSessions } from '../../../test/support/session-rows.ts';
import { visit } from '../../browser-requests.ts';
import { browserNumber } from '../meters/requests.ts';

/** A page with the widget on another origin than its API, whose projector runs only when asked to. */
export interface ViewedPage {
  /**
   * Views the page for a minute as browser number `browser`, and calls `whenShown` once it shows the
   * numbers. Resolves to the requests to the API, such as `POST /sessions`, without that for the script.
   */
  readonly view: (browser: number, whenShown?: () => Promise<void>) => Promise<string[]>;
  /** Calls `action` when the next visit of a page arrives, before it is handled. */
  readonly beforeVisit: (action: () => Promise<void>) => void;
  /** Counts a visit without viewing the page. */
  readonly visit: (browser: number) => Promise<void>;
  /** Runs the projector until the total is this. */
  readonly project: (total: number) => Promise<void>;
  /** Makes all sessions half an hour older. */
  readonly age: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface PageOptions {
  /** The endpoint of a DynamoDB. */
  readonly endpoint: string;
  /** What the names of its new tables end with. */
  readonly suffix: string;
  /** Whether pages of every origin may count visits, or only those of the page's own. */
  readonly allowsEveryOrigin: boolean;
}

/** Opens the page in `chromium`. */
export const openViewedPage = async (
  chromium: Browser,
  { endpoint, suffix, allowsEveryOrigin }: PageOptions,
): Promise<ViewedPage> => {
  const api = await openHttpServer(0);
  const page = await servePage(api.url);
  const tables = { SESSIONS_TABLE: `viewed-${suffix}`, COUNTS_TABLE: `viewed-counts-${suffix}` };
  const database = await openDatabase(endpoint, tables);
  const origins = { ALLOWED_ORIGINS: allowsEveryOrigin ? '*' : page.url };
  const oneAddress = { NEW_SESSIONS_PER_HOUR: '0' }; // of all browsers
  const settings = { ...tables, ...origins, ...oneAddress, HASH_KEY: 'k'.repeat(32) };
  const ingest = createIngestHandler(settings, database.client);
  const query = createQueryHandler(settings, database.client, await buildWidget());
  let prepare = async (): Promise<void> => undefined;
  const ingestNext: HttpHandler = async (...call) => {
    await prepare();
    return ingest(...call);
  };
  api.serve(createRouter({ ingest: ingestNext, query }, import.meta.dirname));
  return {
    beforeVisit: (action) => {
      prepare = action;
    },
    view: (browser, whenShown = async () => undefined) =>
      viewPage(chromium, { api: api.url, page: page.url }, browser, whenShown),
    visit: async (browser) => void (await visit(ingest, browser)),
    age: () => ageSessions({ client: database.client, tables }, 30),
    project: async (total) => {
      const projection = startProjection(tables, database);
      const counter = () => readCounter(database.client, tables.COUNTS_TABLE, 'strong');
      while ((await counter()).total < total) await new Promise(setImmediate);
      await projection.stop();
    },
    stop: async () => {
      page.stop();
      await api.stop();
    },
  };
};

const servePage = async (api: string) => {
  const html = `<script type="module" src="${api}/widget.js"></script><session-counter></session-counter>`;
  const server = createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html' }).end(html);
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://localhost:${port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

const viewPage = async (
  chromium: Browser,
  urls: { readonly api: string; readonly page: string },
  browser: number,
  whenShown: () => Promise<void>,
): Promise<string[]> => {
  const reader = await chromium.newContext({ userAgent: browserNumber(browser) });
  const page = await reader.newPage();
  const sent: string[] = [];
  page.on('request', (request) => {
    const { origin, pathname } = new URL(request.url());
    if (origin === urls.api && pathname !== '/widget.js') {
      sent.push(`${request.method()} ${pathname}`);
    }
  });
  await page.clock.install();
  await page.goto(urls.page);
  await page.locator('session-counter[data-state=live]').waitFor();
  await whenShown();
  await playMinute(page);
  await reader.close();
  return sent;
};

const playMinute = async (page: Page): Promise<void> => {
  while (Number(await page.evaluate('performance.now()')) < 60_000 - STEP_MS) {
    await page.clock.fastForward(STEP_MS);
    // The page's clock jumps, but its requests take real time.
    await page.waitForTimeout(REQUEST_MS);
  }
};

const STEP_MS = 4_000;
const REQUEST_MS = 40;
