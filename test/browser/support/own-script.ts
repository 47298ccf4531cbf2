import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { OpenReader } from './browser.ts';
import { type FakeApi, startFakeApi } from './fake-api.ts';
import { servePage } from './pages.ts';
import { widgetScript } from './widget.ts';

/** A page that has the script itself, so that it runs though the API is down; its clock stands. */
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

// A failed request is reported by the browser itself; everything else would be ours.
const listen = (page: Page): string[] => {
  const noise: string[] = [];
  page.on('pageerror', ({ message }) => noise.push(message));
  page.on('console', (message) => {
    if (!/^Failed to load resource|blocked by CORS/.test(message.text()))
      noise.push(message.text());
  });
  return noise;
};

/** What the widget says of its state. */
export const stateOf = (page: Page): Promise<string | null> =>
  page.locator('session-counter').getAttribute('data-state');

/** Waits until the widget is in this state. */
export const untilState = async (page: Page, state: string): Promise<void> =>
  expect.poll(() => stateOf(page), { timeout: 4_000, interval: 25 }).toBe(state);

/** Tells the page that the network is back, so that the widget asks at once. */
export const askAgain = (page: Page): Promise<unknown> =>
  page.evaluate(() => dispatchEvent(new Event('online')));
