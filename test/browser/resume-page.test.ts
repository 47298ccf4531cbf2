import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { useBrowser } from './support/browser.ts';
import { startFakeApi } from './support/fake-api.ts';
import { recordShifts, shiftsOf } from './support/layout-shift.ts';
import { untilRequestsArrived } from './support/pages.ts';
import { serveResumePage } from './support/resume-page.ts';
import { findViolations } from './support/violations.ts';

const openReader = useBrowser();

/** The resume page with its API on another origin; `load` loads it. */
const setPage = async (
  options: BrowserContextOptions = {},
  policy?: (api: string, page?: string) => string,
) => {
  const api = await startFakeApi();
  const headers = policy ? { 'content-security-policy': policy(api.url) } : {};
  const address = await serveResumePage(api.url, headers);
  const reader = await openReader({ reducedMotion: 'reduce', ...options });
  await recordShifts(reader);
  const page = await reader.newPage();
  const messages: string[] = [];
  page.on('pageerror', ({ message }) => messages.push(message));
  page.on('console', (message) => messages.push(message.text()));
  return { api, reader, page, messages, load: () => page.goto(address) };
};

const untilLive = (page: Page): Promise<void> =>
  page.locator('session-counter[data-state=live]').waitFor();
const untilDrawn = (page: Page): Promise<void> =>
  page.locator('.trend[data-state=drawn]').waitFor();

const contentOf = (page: Page, selector: string): Promise<string[]> =>
  page.locator(selector).allInnerTexts();

describe('the resume page shows', () => {
  it('both numbers, and the new visitors of each day in a chart, a sentence and a table', async () => {
    const { page, load } = await setPage();
    await load();
    await untilDrawn(page);
    expect(await page.locator('session-counter').getByRole('status').innerText()).toBe(
      '1\ndistinct visitor\n1\nactive in the last hour',
    );
    expect(await page.locator('.bars rect').count()).toBe(3);
    expect(await page.locator('figcaption').innerText()).toMatch(
      /^8 new in 3 days, 5 of them on \w+ \d+$/,
    );
    const table = page.getByRole('table', { name: 'New visitors a day' });
    expect(await table.locator('td:last-child').allTextContents()).toEqual(['3', '0', '5']);
  });

  it('a new history once the counter has counted the reader, who is in the total before that', async () => {
    const { page, load, api } = await setPage();
    await load();
    await untilDrawn(page);
    const sendCounts = (counted_until: string) =>
      page.evaluate((until) => {
        const detail = { unique_session_count: 1, counted_until: until };
        dispatchEvent(new CustomEvent('session-counts', { detail }));
      }, counted_until);
    api.history = [3, 0, 6];
    const secondsAgo = (seconds: number) => new Date(Date.now() - seconds * 1_000).toISOString();
    await sendCounts(secondsAgo(60));
    await untilRequestsArrived(page);
    expect(await page.locator('figcaption').innerText()).toMatch(/^8 new/);
    // The reader came before the history was read, and was counted after that.
    await sendCounts(secondsAgo(5));
    await page.locator('figcaption').getByText('9 new in 3 days').waitFor();
  });

  it('only the numbers if there is no history', async () => {
    const { page, load, api, messages } = await setPage();
    api.history = undefined;
    await load();
    await untilLive(page);
    await page.waitForLoadState('networkidle');
    expect(await page.locator('.bars').innerHTML()).toBe('');
    expect(messages.filter((text) => !text.startsWith('Failed to load resource'))).toEqual([]);
  });

  it('dashes and a message while the API is down', async () => {
    const { page, load, api } = await setPage();
    api.mood = 'down';
    await load();
    await page.locator('session-counter[data-state=missing]').waitFor();
    expect(
      await page.locator('session-counter [role=status] [part=number]').allInnerTexts(),
    ).toEqual(['–', '–']);
    expect(await page.getByText('The count is unavailable right now').isVisible()).toBe(true);
  });

  it('dashes and a badge without scripts', async () => {
    const { page, load, api } = await setPage({ javaScriptEnabled: false });
    await load();
    expect(await contentOf(page, 'session-counter .number')).toEqual(['–', '–']);
    expect(await page.getByAltText('The number of visitors, as a badge').count()).toBe(1);
    expect(await page.locator('footer noscript p').isVisible()).toBe(true);
    expect(await page.getByText('Counted live').isVisible()).toBe(false);
    expect(await page.getByRole('button').count()).toBe(0);
    expect(api.requests).toEqual(['GET /badge.svg']);
  });
});

describe('"forget me"', () => {
  const forgetByKeyboard = async (page: Page): Promise<void> => {
    const button = page.getByRole('button', { name: 'Forget me' });
    await button.waitFor();
    const isFocused = () => button.evaluate((it) => it === document.activeElement);
    for (let tabs = 0; !(await isFocused()) && tabs < 20; tabs += 1)
      await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
  };

  it('can be used by keyboard and confirms the deletion', async () => {
    const { page, load, api } = await setPage();
    await load();
    await untilLive(page);
    await forgetByKeyboard(page);
    await page.getByRole('status').getByText('Done: your row is deleted.').waitFor();
    expect(api.requests).toContain('DELETE /sessions/me');
  });

  it('reports a failure', async () => {
    const { page, load, api } = await setPage();
    await load();
    await untilLive(page);
    api.mood = 'failing';
    await forgetByKeyboard(page);
    await page.getByRole('status').getByText('That did not work.').waitFor();
  });
});

describe('the resume page', () => {
  it('works under a strict Content-Security-Policy', async () => {
    const { page, load, messages } = await setPage({}, (api) =>
      [
        `default-src 'none'; script-src 'self' ${api}; style-src 'self'; connect-src ${api}`,
        `img-src ${api}; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'`,
      ].join(';'),
    );
    await load();
    await untilDrawn(page);
    expect(messages.filter((text) => !text.includes('favicon'))).toEqual([]);
  });

  it.each([
    { width: 320, colorScheme: 'light' },
    { width: 320, colorScheme: 'dark' },
    { width: 800, colorScheme: 'light' },
    { width: 1280, colorScheme: 'light' },
    { width: 1280, colorScheme: 'dark' },
  ] as const)(
    'fits $width pixels in $colorScheme mode, without an accessibility violation that axe finds',
    async ({ width, colorScheme }) => {
      const { page, load } = await setPage({ viewport: { width, height: 800 }, colorScheme });
      await load();
      await untilDrawn(page);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      expect(await findViolations(page)).toEqual([]);
    },
  );

  it.each([320, 800, 1280])(
    'shifts nothing at %i pixels, even if script and responses are late',
    async (width) => {
      const { page, load, api } = await setPage({ viewport: { width, height: 800 } });
      for (let number = 0; number < 12_345; number += 1) api.visitors.add(`visitor ${number}`);
      api.history = Array.from({ length: 30 }, (_, day) => 10 * day);
      api.delay = 200;
      await page.route('**/widget.js', (route) => setTimeout(() => route.continue(), 300));
      await load();
      await untilDrawn(page);
      expect(await shiftsOf(page)).toEqual([]);
    },
  );

  it('stores no cookie or other data and only contacts the API', async () => {
    const { page, load, api, reader } = await setPage();
    const origins = new Set<string>();
    page.on('request', (request) => origins.add(new URL(request.url()).origin));
    await load();
    await untilDrawn(page);
    expect([...origins]).toEqual([new URL(page.url()).origin, api.url]);
    expect(await reader.storageState()).toEqual({ cookies: [], origins: [] });
  });

  it('prints the numbers but no buttons', async () => {
    const { page, load } = await setPage();
    await load();
    await untilDrawn(page);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('[role=status] [part=visitors]').isVisible()).toBe(true);
    expect(await page.getByRole('button').count()).toBe(0);
  });
});
