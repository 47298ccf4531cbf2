import type { BrowserContext } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { useBrowser } from './support/browser.ts';
import { startFakeApi } from './support/fake-api.ts';
import { oneLine, servePage, textOf, untilRead, untilRequestsArrived } from './support/pages.ts';

const openReader = useBrowser();

const COUNTED = '1 visitor, 1 active in the last hour';
const IGNORED = '0 visitors, 0 active in the last hour, not counting you';

const startPage = async () => {
  const api = await startFakeApi();
  return { api, address: await servePage({ body: oneLine(api.url) }) };
};

const openPage = async (reader: BrowserContext, address: string) => {
  const page = await reader.newPage();
  await page.goto(address);
  return page;
};

describe('a reader who opens the page with #session-counter=ignore', () => {
  it('is not counted from then on, as the widget says', async () => {
    const { api, address } = await startPage();
    const reader = await openReader();
    await untilRead(await openPage(reader, `${address}/#session-counter=ignore`), IGNORED);
    await untilRead(await openPage(reader, `${address}/another/page`), IGNORED);
    expect(api.requests).not.toContain('POST /sessions');
  });

  it('sees that before the first response', async () => {
    const { api, address } = await startPage();
    api.delay = 60_000;
    const page = await openPage(await openReader(), `${address}/#session-counter=ignore`);
    expect(await textOf(page)).toBe('– visitors, – active in the last hour, not counting you');
  });

  it('is counted again after #session-counter=count', async () => {
    const { address } = await startPage();
    const reader = await openReader();
    await untilRead(await openPage(reader, `${address}/#session-counter=ignore`), IGNORED);
    await untilRead(await openPage(reader, `${address}/#session-counter=count`), COUNTED);
    await untilRead(await openPage(reader, address), COUNTED);
  });

  it('sees the change when the URL of an open page is edited', async () => {
    const { address } = await startPage();
    const page = await openPage(await openReader(), address);
    await untilRead(page, COUNTED);
    await page.goto(`${address}/#session-counter=ignore`);
    await untilRead(page, `${COUNTED}, not counting you`);
  });

  it('is not counted in that page load if storage is blocked, and nothing breaks', async () => {
    const { address } = await startPage();
    const reader = await openReader();
    await reader.addInitScript(() =>
      Object.defineProperty(window, 'localStorage', {
        get: () => {
          throw new DOMException('Access is denied for this document.', 'SecurityError');
        },
      }),
    );
    const page = await openPage(reader, `${address}/#session-counter=ignore`);
    await untilRead(page, IGNORED);
    await page.goto(`${address}/#another-place`);
    await untilRequestsArrived(page);
    expect(await textOf(page)).toBe(IGNORED);
    await untilRead(await openPage(reader, address), COUNTED);
  });
});

it('another URL fragment does not affect the counter', async () => {
  const { address } = await startPage();
  const reader = await openReader();
  const page = await openPage(reader, `${address}/#session-counter`);
  await untilRead(page, COUNTED);
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
});
