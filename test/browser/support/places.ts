import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { OpenReader } from './browser.ts';
import { type FakeApi, startFakeApi } from './fake-api.ts';
import { FONT_FACES, FONTS, loadFonts, readFont } from './fonts.ts';
import { recordShifts } from './layout-shift.ts';
import { serve } from './serve.ts';

const CONTEXTS: Record<string, string> = {
  'a sentence': '<p>Seen by COUNTER <b>since spring.</b></p>',
  'a footer': '<footer>COUNTER<br><b>© Somebody</b></footer>',
  'a flex row': '<div class="row"><b>Left</b>COUNTER<b>Right</b></div>',
  'a table cell':
    '<table><tr><th><b>Total</b></th><td>COUNTER</td><td><b>next</b></td></tr></table>',
  'text from right to left': '<p dir="rtl">Seen by COUNTER <b>since spring.</b></p>',
};

const STYLE = `${FONT_FACES}
  [data-place] { line-height: 1.5 } p { margin: 0 } footer { text-align: center }
  .row { display: flex; gap: 1em; justify-content: space-between }`;

/** The element in a sentence, a footer, a flex row, a table cell and right-to-left text. */
export const placesOf = (font: string, size: number, width: string): string =>
  Object.entries(CONTEXTS)
    .map(
      ([context, html]) =>
        `<div data-place="${context} of ${width}, ${size} px ${font}"
          style="font: ${size}px ${font}; width: ${width}">
          ${html.replace('COUNTER', '<session-counter></session-counter>')}</div>`,
    )
    .join('\n');

/** A page with these places in five fonts, whose API is down until `show` sets a number. */
export const openPlaces = async (openReader: OpenReader, places: string) => {
  const api = Object.assign(await startFakeApi(), { mood: 'down' as FakeApi['mood'] });
  const html = `<!doctype html><title>Places</title><style>${STYLE}</style>${places}
    <script type="module" src="${api.url}/widget.js"></script>`;
  const address = await serve((request, response) => {
    const font = readFont(request.url ?? '');
    response.writeHead(200, { 'Content-Type': font ? 'font/woff2' : 'text/html; charset=utf-8' });
    response.end(font ?? html);
  });
  const reader = await openReader({ viewport: { width: 2_400, height: 900 } });
  // Allows for hundreds of elements on a busy machine.
  reader.setDefaultTimeout(60_000);
  await recordShifts(reader);
  const page = await reader.newPage();
  await page.goto(address);
  expect(await loadFonts(page)).toEqual(FONTS);
  await page.locator('session-counter[data-state=missing]').first().waitFor();
  await page.evaluate('shifts.length = 0');
  return { page, show: (count?: number) => show(page, api, count) };
};

/** Makes the API respond with this number, or fail, and waits until all elements show that. */
const show = async (page: Page, api: FakeApi, count?: number): Promise<void> => {
  api.mood = count === undefined ? 'down' : 'up';
  api.countsBody = JSON.stringify({
    ...{ unique_session_count: count, active_sessions: count, active_window_minutes: 60 },
    as_of: new Date().toISOString(),
  });
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await page.waitForFunction(
    (text) =>
      [...document.querySelectorAll('session-counter')].every(({ shadowRoot }) =>
        shadowRoot?.querySelector('[role=status]')?.textContent?.includes(text),
      ),
    count?.toLocaleString('en-US') ?? ' at ',
  );
};
