import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { FakeApi } from './fake-api.ts';
import { serve } from './serve.ts';

/** A page of somebody else's site. */
export interface Site {
  readonly head?: string;
  readonly body?: string;
  readonly headers?: Record<string, string>;
}

/** What a page owner writes. */
export const oneLine = (api: string): string =>
  `<script type="module" src="${api}/widget.js"></script><session-counter></session-counter>`;

/** Serves a page on an origin of its own; its address. */
export const servePage = ({ head = '', body = '', headers = {} }: Site): Promise<string> =>
  serve((request, response) => {
    if (request.url === '/favicon.ico') return response.writeHead(204).end();
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', ...headers });
    return response.end(`<!doctype html>
      <html lang="en"><head><title>A page</title><meta name="viewport" content="width=device-width">
      ${head}</head><body><main><h1>A page</h1>${body}</main></body></html>`);
  });

/** What a reader reads in the widget. */
export const textOf = (page: Page): Promise<string> =>
  page.locator('session-counter').first().getByRole('status').innerText();

/** Waits until the widget reads like this; fails with what it reads. */
export const untilRead = async (page: Page, text: string, timeout = 4_000): Promise<void> =>
  expect.poll(() => textOf(page), { timeout, interval: 25 }).toBe(text);

/** Waits until the API was sent these requests, and no others. */
export const untilRequests = async ({ requests }: FakeApi, sent: string[]): Promise<void> =>
  expect.poll(() => requests, { timeout: 4_000, interval: 25 }).toEqual(sent);

/**
 * Resolves when requests that the page began before must have reached their server: one that it
 * begins now, to its own, has been answered, and a moment has passed.
 */
export const askItself = async (page: Page): Promise<void> => {
  await page.evaluate(async () => (await fetch(location.href)).text());
  await page.waitForTimeout(100);
};
