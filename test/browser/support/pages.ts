import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { FakeApi } from './fake-api.ts';
import { serve } from './serve.ts';

/** A page of a site that embeds the widget. */
export interface Site {
  readonly head?: string;
  readonly body?: string;
  readonly headers?: Record<string, string>;
}

/** The HTML that a page owner adds. */
export const oneLine = (api: string): string =>
  `<script type="module" src="${api}/widget.js"></script><session-counter></session-counter>`;

/** Serves a page on its own origin; returns its URL. */
export const servePage = ({ head = '', body = '', headers = {} }: Site): Promise<string> =>
  serve((request, response) => {
    if (request.url === '/favicon.ico') return response.writeHead(204).end();
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', ...headers });
    return response.end(`<!doctype html>
      <html lang="en"><head><title>A page</title><meta name="viewport" content="width=device-width">
      ${head}</head><body><main><h1>A page</h1>${body}</main></body></html>`);
  });

/** The longest time that the widget waits when it waits for `seconds`, in milliseconds. */
export const longestWait = (seconds: number): number => seconds * 1_250;

/** The widget's visible text. */
export const textOf = (page: Page): Promise<string> =>
  page.locator('session-counter').first().getByRole('status').innerText();

/** Waits until the widget shows this text; fails with the text that it shows. */
export const untilRead = async (page: Page, text: string, timeout = 4_000): Promise<void> =>
  expect.poll(() => textOf(page), { timeout, interval: 25 }).toBe(text);

/** Waits until the API has received exactly these requests. */
export const untilRequests = async ({ requests }: FakeApi, sent: string[]): Promise<void> =>
  expect.poll(() => requests, { timeout: 4_000, interval: 25 }).toEqual(sent);

/**
 * Lets the page's clock, which must be installed, jump from read to read of the counts until the
 * widget shows this text.
 */
export const untilReadLater = async (page: Page, text: string): Promise<void> => {
  const readNext = async (): Promise<string> => {
    const shown = await textOf(page);
    if (shown !== text) await page.clock.fastForward(longestWait(60));
    return shown;
  };
  await expect.poll(readNext, { timeout: 4_000, interval: 50 }).toBe(text);
};

/** Lets the page's clock jump to the next read of the counts, and waits until that is shown. */
export const untilNextRead = async (page: Page): Promise<void> => {
  const read = page.waitForEvent('requestfinished');
  await page.clock.fastForward(longestWait(60));
  await read;
  await page.evaluate(() => new Promise((painted) => requestAnimationFrame(painted)));
};

/**
 * Waits until requests that the page has already sent must have reached their server: until a new
 * request, to its own server, was answered, and a moment longer.
 */
export const untilRequestsArrived = async (page: Page): Promise<void> => {
  await page.evaluate(async () => (await fetch(location.href)).text());
  await page.waitForTimeout(100);
};
