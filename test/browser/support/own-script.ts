import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { OpenReader } from './browser.ts';
import { type FakeApi, startFakeApi } from './fake-api.ts';
import { servePage } from './pages.ts';
import { widgetScript } from './widget.ts';

/** A page with the script inline, so that it runs while the API is down. Its clock can jump. */
export const openOwnScript = async (
  openReader: OpenReader,
  mood: FakeApi['mood'] = 'up',
  delay = 0,
) => {
  const api = Object.assign(await startFakeApi(), { mood, delay });
  const body = `<script type="module">${await widgetScript()}</script>
    <session-counter api="${api.url}/"></session-counter>`;
  const page = await (await openReader()).newPage();
  const noise = listen(page);
  await page.clock.install();
  await page.goto(await servePage({ body }));
  return { api, page, noise };
};

// The browser itself reports failed requests; every other message would come from the widget.
const listen = (page: Page): string[] => {
  const noise: string[] = [];
  page.on('pageerror', ({ message }) => noise.push(message));
  page.on('console', (message) => {
    if (!/^Failed to load resource|blocked by CORS/.test(message.text()))
      noise.push(message.text());
  });
  return noise;
};

/** The widget's state. */
export const stateOf = (page: Page): Promise<string | null> =>
  page.locator('session-counter').getAttribute('data-state');

/** Waits until the widget is in this state. */
export const untilState = async (page: Page, state: string): Promise<void> =>
  expect.poll(() => stateOf(page), { timeout: 4_000, interval: 25 }).toBe(state);

/** Signals that the network is back, so that the widget sends a request at once. */
export const goOnline = (page: Page): Promise<unknown> =>
  page.evaluate(() => dispatchEvent(new Event('online')));
