import type { BrowserContext, Page } from 'playwright-core';

// A headless Chromium shows every tab and prerenders none, so the properties are faked.

/** Makes all new pages of this reader hidden, or prerendered if `prerendering`. */
export const hideNewPages = (reader: BrowserContext, prerendering = false): Promise<unknown> =>
  reader.addInitScript((isPrerendering) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
    Object.defineProperty(document, 'prerendering', {
      configurable: true,
      get: () => isPrerendering,
    });
  }, prerendering);

/** Hides or shows the tab. */
export const setHidden = (page: Page, isHidden: boolean): Promise<void> =>
  page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  }, isHidden);

/** Activates a prerendered page, which was hidden until then, as when its link is followed. */
export const activate = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const name of ['prerendering', 'hidden'])
      Object.defineProperty(document, name, { configurable: true, get: () => false });
    document.dispatchEvent(new Event('prerenderingchange'));
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  });

/** Restores the page as from the back/forward cache. */
export const restoreFromCache = (page: Page): Promise<void> =>
  page.evaluate(() => {
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  });
