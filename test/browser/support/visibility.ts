import type { BrowserContext, Page } from 'playwright-core';

// A headless Chromium shows every tab and prerenders none, so pages are told that they are.

/** Lets all pages of this reader begin hidden, and as prerendered ones if so. */
export const hideNewPages = (reader: BrowserContext, prerendering = false): Promise<unknown> =>
  reader.addInitScript((isPrerendering) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => !isPrerendering });
    Object.defineProperty(document, 'prerendering', {
      configurable: true,
      get: () => isPrerendering,
    });
  }, prerendering);

/** Brings the tab to the front, or leaves it for another. */
export const setHidden = (page: Page, isHidden: boolean): Promise<void> =>
  page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  }, isHidden);

/** Shows a prerendered page, because its link was followed. */
export const activate = (page: Page): Promise<void> =>
  page.evaluate(() => {
    Object.defineProperty(document, 'prerendering', { configurable: true, get: () => false });
    document.dispatchEvent(new Event('prerenderingchange'));
  });

/** Comes back to a page that the browser had kept as it was. */
export const comeBack = (page: Page): Promise<void> =>
  page.evaluate(() => {
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  });
