import type { BrowserContext, Page } from 'playwright-core';

/** Records layout shifts on the reader's pages, starting with the first paint. */
export const recordShifts = (reader: BrowserContext): Promise<unknown> =>
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
  // A change is observed after it is painted.
  await page.evaluate(
    () => new Promise((painted) => requestAnimationFrame(() => setTimeout(painted, 50))),
  );
  return page.evaluate('shifts');
};
