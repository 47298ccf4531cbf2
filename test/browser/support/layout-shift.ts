import type { BrowserContext, Page } from 'playwright-core';

/** Notes what moves on the reader's pages from their first paint on. */
export const followShifts = (reader: BrowserContext): Promise<unknown> =>
  reader.addInitScript(() => {
    const shifts: number[] = [];
    Reflect.set(window, 'shifts', shifts);
    const note = (entries: PerformanceObserverEntryList) => {
      for (const entry of entries.getEntries()) shifts.push(Reflect.get(entry, 'value'));
    };
    new PerformanceObserver(note).observe({ type: 'layout-shift', buffered: true });
  });

/** The layout shifts so far. */
export const shiftsOf = async (page: Page): Promise<number[]> => {
  // What has just changed is observed once it is painted.
  await page.evaluate(
    () => new Promise((painted) => requestAnimationFrame(() => setTimeout(painted, 50))),
  );
  return page.evaluate('shifts');
};
