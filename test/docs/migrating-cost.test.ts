import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { readCounts, viewLegacyPage, visit } from '../../measure/browser-requests.ts';
import type { Consumption } from '../../measure/capacity-meter.ts';
import { ASSUMPTIONS } from '../../measure/cost/assumptions.ts';
import { openCostTables } from '../../measure/cost/cost-tables.ts';
import { writeFullCounter } from '../../measure/cost/full-counter.ts';
import { PRICES, type Price } from '../../measure/cost/prices.ts';
import { markdownTable } from '../../measure/markdown.ts';
import { createIngestHandler } from '../../src/ingest/ingest-handler.ts';
import { createLegacyHandler } from '../../src/legacy/legacy-handler.ts';
import { startEmbeddedDynamoDB } from '../../src/local/embedded-dynamodb.ts';
import { createQueryHandler } from '../../src/query/query-handler.ts';

/** Makes a page view as browser number `browser`; returns the number of its HTTP requests. */
type ViewPage = (browser: number, isNew: boolean) => Promise<number>;

interface PageViewCost {
  readonly requests: number;
  readonly readUnits: number;
  readonly writeUnits: number;
}

// Always the embedded DynamoDB, since not every local DynamoDB reports consumed capacity.
const openPages = async () => {
  const { endpoint, stop } = await startEmbeddedDynamoDB(undefined);
  onTestFinished(stop);
  const { client, meter, env } = await openCostTables(endpoint, randomUUID());
  await writeFullCounter(client, env.COUNTS_TABLE, ASSUMPTIONS.openShards);
  const settings = { ...env, COUNTER_NAME: '' };
  const legacy = createLegacyHandler(settings, client);
  const ingest = createIngestHandler(settings, client);
  const query = createQueryHandler(settings, client, '');
  const viewWidget = async (browser: number, reads: number): Promise<number> => {
    await visit(ingest, browser);
    for (let read = 0; read < reads; read += 1) await readCounts(query);
    return 1 + reads;
  };
  const pages: Record<string, ViewPage> = {
    'the legacy route': async (browser) => {
      await viewLegacyPage(legacy, browser);
      return 1;
    },
    'the widget, on a page that is left at once': (browser) => viewWidget(browser, 1),
    // Half of the views are of new sessions.
    'the widget, on a page that is viewed for a minute': (browser, isNew) =>
      viewWidget(browser, isNew ? 2 * ASSUMPTIONS.readsPerVisit - 1 : 1),
  };
  return { meter, pages };
};

// The first view of a browser is a new session, the second is not.
const measurePage = async (
  { meter }: Awaited<ReturnType<typeof openPages>>,
  view: ViewPage,
  browser: number,
): Promise<PageViewCost> => {
  let requests = 0;
  const taken: Consumption[] = [];
  for (let views = 0; views < 2; views += 1) {
    taken.push(
      await meter(async () => {
        requests += (await view(browser, views === 0)) / 2;
      }),
    );
  }
  const mean = (unitsOf: (consumption: Consumption) => number): number =>
    taken.reduce((sum, consumption) => sum + unitsOf(consumption), 0) / taken.length;
  const readUnits = mean((consumption) => consumption.readUnits);
  return { requests, readUnits, writeUnits: mean((consumption) => consumption.writeUnits) };
};

const priceOfMillion = ({ usd, per }: Price, quantity: number): number =>
  (quantity * 1_000_000 * usd) / per;

const rowOf = (page: string, { requests, readUnits, writeUnits }: PageViewCost): string[] => {
  const usd =
    priceOfMillion(PRICES.httpRequests, requests) +
    priceOfMillion(PRICES.lambdaRequests, requests) +
    priceOfMillion(PRICES.readUnits, readUnits) +
    priceOfMillion(PRICES.writeUnits, writeUnits);
  return [page, ...[requests, readUnits, writeUnits].map(String), usd.toFixed(2)];
};

// After a change of the units: npx vitest run test/docs --update
it('is what docs/migrating.md says of the cost of a page view', async () => {
  const opened = await openPages();
  const rows: string[][] = [];
  for (const [number, [page, view]] of Object.entries(opened.pages).entries()) {
    rows.push(rowOf(page, await measurePage(opened, view, number)));
  }
  const head = ['a page view with', 'requests', 'read units', 'write units', 'USD'];
  const text = readFileSync('docs/migrating.md', 'utf8');
  const section = /(?<=<!-- legacy-cost -->\n).*(?=<!-- \/legacy-cost -->)/s;
  expect(text).toMatch(section);
  const updated = text.replace(section, () => `${markdownTable(head, rows)}\n`);
  await expect(updated).toMatchFileSnapshot('../../docs/migrating.md');
});
