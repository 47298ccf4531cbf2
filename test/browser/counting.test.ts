import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { browser } from '../support/browsers.ts';
import { runLocalCounter } from '../support/local-counter.ts';
import { useBrowser } from './support/browser.ts';
import { type FakeApi, startFakeApi } from './support/fake-api.ts';
import {
  longestWait,
  oneLine,
  servePage,
  textOf,
  untilNextRead,
  untilRead,
  untilReadLater,
  untilRequests,
} from './support/pages.ts';

const openReader = useBrowser();

const ONE = '1 visitor, 1 active in the last hour';
const TWO = '2 visitors, 2 active in the last hour';

describe.each([
  { name: 'a fake API', startApi: startFakeApi },
  { name: 'the real counter', startApi: () => runLocalCounter() },
])('on a page of another origin than $name', ({ startApi }) => {
  const startPage = async () => servePage({ body: oneLine((await startApi()).url) });

  it('one reader is one visitor across reloads and tabs', async () => {
    const address = await startPage();
    const reader = await openReader();
    await reader.clock.install();
    const [page, otherTab] = [await reader.newPage(), await reader.newPage()];
    await page.goto(address);
    await untilReadLater(page, ONE);
    await page.reload();
    await untilReadLater(page, ONE);
    await otherTab.goto(address);
    await untilReadLater(otherTab, ONE);
    // A visit that was counted twice would be visible by now.
    const otherVisitor = await (await openReader({ userAgent: browser(2) })).newPage();
    await otherVisitor.clock.install();
    await otherVisitor.goto(address);
    await untilReadLater(otherVisitor, TWO);
    await otherVisitor.waitForTimeout(500);
    await untilNextRead(otherVisitor);
    expect(await textOf(otherVisitor)).toBe(TWO);
  });

  it('two browsers are two visitors, each visible within two seconds', async () => {
    const address = await startPage();
    const first = await (await openReader()).newPage();
    await first.clock.install();
    await first.goto(address);
    await untilRead(first, ONE, 2_000);
    const second = await (await openReader({ userAgent: browser(2) })).newPage();
    await second.goto(address);
    await untilRead(second, TWO, 2_000);
    await untilReadLater(first, TWO);
  });
});

describe('a page load is one visit', () => {
  const open = async (body: (api: string) => string) => {
    const api = await startFakeApi();
    const address = await servePage({ body: body(api.url) });
    const page = await (await openReader()).newPage();
    const errors: string[] = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    await page.clock.install();
    await page.goto(address);
    await untilRead(page, ONE);
    return { api, page, errors };
  };

  /** The visit and the first read, then only the second read, a second later. */
  const expectOneVisit = async (page: Page, api: FakeApi): Promise<void> => {
    await page.clock.fastForward(longestWait(1));
    await untilRequests(api, ['POST /sessions', 'GET /counts', 'GET /counts']);
  };

  it('sent without a preflight', async () => {
    const { api, page } = await open(oneLine);
    await expectOneVisit(page, api);
  });

  it('with the script included twice, from two addresses', async () => {
    const { api, page, errors } = await open(
      (url) => `${oneLine(url)}<script type="module" src="${url}/widget.js"></script>
        <script type="module" src="${url}/widget.js?again"></script>`,
    );
    await expectOneVisit(page, api);
    expect(errors).toEqual([]);
  });

  it('even if the reader leaves before the response', async () => {
    const { api, page } = await open(oneLine);
    api.visitors.clear();
    api.delay = 300;
    await page.reload();
    await expect
      .poll(() => api.requests.filter((name) => name === 'POST /sessions').length)
      .toBe(2);
    await page.goto('about:blank');
    await expect.poll(() => api.visitors.size).toBe(1);
  });

  it('with two elements, which show the same counts', async () => {
    const { api, page } = await open((url) => `${oneLine(url)}<session-counter></session-counter>`);
    expect(await page.getByRole('status').allInnerTexts()).toEqual([ONE, ONE]);
    await expectOneVisit(page, api);
  });

  it('however often an application changes its view', async () => {
    const { api, page } = await open(oneLine);
    await page.evaluate(() => {
      const [shown] = document.getElementsByTagName('session-counter');
      history.pushState(null, '', '/another/view');
      shown?.remove();
      document.body.append(document.createElement('session-counter'), shown ?? '');
      location.hash = '#part';
    });
    expect(await page.getByRole('status').allInnerTexts()).toEqual([ONE, ONE]);
    await expectOneVisit(page, api);
  });
});
