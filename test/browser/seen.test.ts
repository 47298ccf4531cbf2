import type { BrowserContext, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { useBrowser } from './support/browser.ts';
import { type FakeApi, startFakeApi } from './support/fake-api.ts';
import {
  longestWait,
  oneLine,
  servePage,
  untilRead,
  untilRequests,
  untilRequestsArrived,
} from './support/pages.ts';
import { activate, hideNewPages, restoreFromCache, setHidden } from './support/visibility.ts';

const openReader = useBrowser();

const NOTHING = '– visitors, – active in the last hour';
const ONE = '1 visitor, 1 active in the last hour';
const MINUTE_MS = longestWait(60);

const open = async (
  prepare: (reader: BrowserContext) => unknown = () => undefined,
  attributes = '',
) => {
  const api = await startFakeApi();
  const reader = await openReader();
  await prepare(reader);
  await countEvents(reader);
  const page = await reader.newPage();
  await page.clock.install();
  const body = oneLine(api.url).replace('<session-counter', `<session-counter ${attributes}`);
  await page.goto(await servePage({ body }));
  return { api, page };
};

const readsOf = ({ requests }: FakeApi): number =>
  requests.filter((request) => request === 'GET /counts').length;

/** Plays the frequent reads after a visit: after 1, 4 and 16 seconds. */
const settle = async (page: Page, api: FakeApi): Promise<void> => {
  await untilShown(page, 1);
  for (const [index, seconds] of [1, 4, 16].entries()) {
    await page.clock.fastForward(longestWait(seconds));
    await untilShown(page, index + 2);
  }
  expect(readsOf(api)).toBe(4);
};

// The server may have sent a response that the page has not processed yet.
const untilShown = async (page: Page, reads: number): Promise<void> =>
  expect.poll(() => page.evaluate('reads'), { timeout: 4_000, interval: 25 }).toBe(reads);

const countEvents = (reader: BrowserContext): Promise<unknown> =>
  reader.addInitScript(`reads = 0; addEventListener('session-counts', () => reads++);`);

describe('an invisible page is not counted', () => {
  it('until its hidden tab is shown', async () => {
    const { api, page } = await open((reader) => hideNewPages(reader));
    await untilRead(page, NOTHING);
    await untilRequestsArrived(page);
    expect(api.requests).toEqual([]);
    await setHidden(page, false);
    await untilRead(page, ONE);
    expect(api.requests).toEqual(['POST /sessions', 'GET /counts']);
  });

  it('until the prerendered page is activated', async () => {
    const { api, page } = await open((reader) => hideNewPages(reader, true));
    await untilRead(page, NOTHING);
    await untilRequestsArrived(page);
    expect(api.requests).toEqual([]);
    await activate(page);
    await untilRead(page, ONE);
    expect(api.requests).toEqual(['POST /sessions', 'GET /counts']);
  });
});

describe('a visible page', () => {
  it('is counted again when the back/forward cache restores it', async () => {
    const { api, page } = await open();
    await untilRead(page, ONE);
    await restoreFromCache(page);
    await untilRequests(api, ['POST /sessions', 'GET /counts', 'POST /sessions', 'GET /counts']);
  });

  it('reads the counts every minute and shows them without a reload', async () => {
    const { api, page } = await open();
    await settle(page, api);
    api.visitors.add('another visitor');
    await page.clock.fastForward(MINUTE_MS);
    await untilRead(page, '2 visitors, 2 active in the last hour');
    expect(readsOf(api)).toBe(5);
  });

  it('reads as often as the `refresh` attribute says', async () => {
    const { api, page } = await open(undefined, 'refresh="10"');
    await untilShown(page, 1);
    for (const [index, seconds] of [1, 4, 10, 10].entries()) {
      await page.clock.fastForward(longestWait(seconds));
      await untilShown(page, index + 2);
    }
    expect(readsOf(api)).toBe(5);
  });

  it('reads nothing while hidden, and catches up when it is shown again', async () => {
    const { api, page } = await open();
    await settle(page, api);
    await setHidden(page, true);
    api.visitors.add('another visitor');
    await page.clock.fastForward(60 * MINUTE_MS);
    await untilRequestsArrived(page);
    expect(readsOf(api)).toBe(4);
    await setHidden(page, false);
    await untilRead(page, '2 visitors, 2 active in the last hour');
    expect(api.requests.filter((request) => request === 'POST /sessions')).toHaveLength(1);
  });

  it('does not read again on every switch of tabs', async () => {
    const { api, page } = await open();
    await settle(page, api);
    for (const isHidden of [true, false, true, false]) await setHidden(page, isHidden);
    await untilRequestsArrived(page);
    expect(readsOf(api)).toBe(4);
  });

  it('stops reading when the widget is removed', async () => {
    const { api, page } = await open();
    await settle(page, api);
    await page.evaluate(() => document.querySelector('session-counter')?.remove());
    await page.clock.fastForward(60 * MINUTE_MS);
    await untilRequestsArrived(page);
    expect(readsOf(api)).toBe(4);
  });
});
