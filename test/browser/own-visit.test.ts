import type { BrowserContext, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { browser } from '../support/browsers.ts';
import { useDatabase } from '../support/embedded-database.ts';
import { visit } from '../support/local-counter.ts';
import { useBrowser } from './support/browser.ts';
import { longestWait, untilRead, untilRequestsArrived } from './support/pages.ts';
import { EARLIER, type RealApi, startRealApi } from './support/real-api.ts';

const useFile = useDatabase();
const openReader = useBrowser();
const start = (env?: Record<string, string>): Promise<RealApi> => startRealApi(useFile(), env);

const EVERY_ORIGIN = { ALLOWED_ORIGINS: '*' };
const VISIT = ['POST /sessions', 'GET /counts'];

/** What the widget says when this many visitors came since the test began. */
const textOf = (visitors: number, active = visitors): string =>
  `${EARLIER + visitors} visitors, ${active} active in the last hour`;

/** A browser whose pages remember every text that the widget has shown with numbers. */
const openBrowser = async (number = 1): Promise<BrowserContext> => {
  const reader = await openReader({ userAgent: browser(number) });
  await reader.addInitScript(() => {
    const shown: string[] = [];
    Object.assign(window, { shown });
    addEventListener('session-counts', () => {
      const root = document.querySelector('session-counter')?.shadowRoot;
      const text = root?.querySelector('[role=status]')?.textContent ?? '';
      if (shown.at(-1) !== text) shown.push(text);
    });
  });
  return reader;
};

const openPage = async (reader: BrowserContext, { page: address }: RealApi): Promise<Page> => {
  const page = await reader.newPage();
  await page.clock.install();
  await page.goto(address);
  return page;
};

const textsOf = (page: Page): Promise<string[]> => page.evaluate('shown');

/** Lets the page's clock jump to each read of a minute, and waits for the responses. */
const playMinute = async (page: Page): Promise<void> => {
  for (const seconds of [longestWait(1), longestWait(4), longestWait(16), 32_000]) {
    await page.clock.fastForward(seconds);
    await untilRequestsArrived(page);
  }
};

const playRefresh = async (page: Page): Promise<void> => {
  await page.clock.fastForward(longestWait(60));
  await untilRequestsArrived(page);
};

describe('on a page of a configured origin', () => {
  it('a new reader is in the numbers at once, and once when the projector has counted', async () => {
    const api = await start();
    const page = await openPage(await openBrowser(), api);
    await untilRead(page, textOf(1));
    await playMinute(page);
    expect(api.requests).toEqual(VISIT);
    await api.project(1);
    await playRefresh(page);
    await playRefresh(page);
    expect(api.requests).toHaveLength(4);
    expect(await textsOf(page)).toEqual([textOf(1)]);
  });

  it('a returning reader sees the same numbers all the time', async () => {
    const api = await start();
    await untilRead(await openPage(await openBrowser(), api), textOf(1));
    await api.project(1);
    await api.age(30);
    api.requests.length = 0;
    const page = await openPage(await openBrowser(), api);
    await untilRead(page, textOf(1));
    await playMinute(page);
    expect(api.requests).toEqual(VISIT);
    await playRefresh(page);
    expect(await textsOf(page)).toEqual([textOf(1)]);
  });

  it('a reload and a second tab show the reader while the projector is down', async () => {
    const api = await start();
    const reader = await openBrowser();
    const [page, otherTab] = [await openPage(reader, api), await openPage(reader, api)];
    await untilRead(page, textOf(1));
    await untilRead(otherTab, textOf(1));
    await page.reload();
    await untilRead(page, textOf(1));
    for (let minutes = 0; minutes < 5; minutes += 1) await playRefresh(page);
    expect(await textsOf(page)).toEqual([textOf(1)]);
    expect(await textsOf(otherTab)).toEqual([textOf(1)]);
    await api.project(1);
    for (const each of [page, otherTab]) {
      await playRefresh(each);
      expect(await textsOf(each)).toEqual([textOf(1)]);
    }
  });

  it('a new reader is counted once when the projector is faster than the response', async () => {
    const api = await start();
    const reader = await openBrowser();
    const projected = api.project(1);
    await reader.route('**/counts', async (route) => {
      await projected;
      await route.continue();
    });
    const page = await openPage(reader, api);
    await untilRead(page, textOf(1));
    await playMinute(page);
    expect(await textsOf(page)).toEqual([textOf(1)]);
  });

  it('a new reader who follows another within a second is in the numbers a second later', async () => {
    const api = await start();
    await untilRead(await openPage(await openBrowser(2), api), textOf(1));
    await api.project(1);
    api.requests.length = 0;
    const page = await openPage(await openBrowser(), api);
    await expect.poll(() => textsOf(page)).toHaveLength(1);
    await api.project(2);
    await playMinute(page);
    // If the test is so slow that the visits are seconds apart, the reader is in the numbers at once.
    const isAtOnce = (await textsOf(page))[0] === textOf(2);
    expect(await textsOf(page)).toEqual(isAtOnce ? [textOf(2)] : [textOf(1, 2), textOf(2)]);
    expect(api.requests).toEqual(isAtOnce ? VISIT : [...VISIT, 'GET /counts']);
  });

  it('a reader is active at once, also in an active count that is two seconds old', async () => {
    // Half a unit for each of four partitions: with one unit a second, a count is served for two.
    const api = await start({ ACTIVE_SHARDS: '4', ACTIVE_READ_UNITS_PER_SECOND: '1' });
    await untilRead(await openPage(await openBrowser(2), api), textOf(1));
    const page = await openPage(await openBrowser(), api);
    await untilRead(page, textOf(1, 2));
    expect(await textsOf(page)).toEqual([textOf(1, 2)]);
  });

  it('a returning reader who was not active is active at once in such a count', async () => {
    const api = await start({ ACTIVE_SHARDS: '4', ACTIVE_READ_UNITS_PER_SECOND: '1' });
    await visit(api.url, { 'user-agent': browser(), origin: api.page });
    await api.age(90);
    await untilRead(await openPage(await openBrowser(2), api), textOf(1));
    const page = await openPage(await openBrowser(), api);
    await untilRead(page, textOf(0, 2));
    expect(await textsOf(page)).toEqual([textOf(0, 2)]);
  });

  it('a reader is active only once while the total cannot be read and is older', async () => {
    const api = await start();
    const reader = await openBrowser();
    await reader.route('**/counts', async (route) => {
      const response = await route.fetch();
      const as_of = new Date(Date.now() - 30_000).toISOString();
      await route.fulfill({ response, json: { ...(await response.json()), as_of } });
    });
    await untilRead(await openPage(reader, api), textOf(1));
  });

  it('a script of the page gets the same numbers', async () => {
    const api = await start();
    const reader = await openBrowser();
    await reader.addInitScript(() => {
      addEventListener('session-counts', (event) => {
        Object.assign(window, { detail: (event as CustomEvent).detail });
      });
    });
    const page = await openPage(reader, api);
    await untilRead(page, textOf(1));
    expect(await page.evaluate('detail')).toMatchObject({
      ...{ unique_session_count: EARLIER + 1, active_sessions: 1, active_window_minutes: 60 },
    });
  });
});

describe('on a page of any origin, where the API does not tell', () => {
  it('a new reader is in the numbers a second later, and the page then stops asking', async () => {
    const api = await start(EVERY_ORIGIN);
    const page = await openPage(await openBrowser(), api);
    await untilRead(page, textOf(0, 1));
    await api.project(1);
    await playMinute(page);
    expect(await textsOf(page)).toEqual([textOf(0, 1), textOf(1)]);
    expect(api.requests).toEqual([...VISIT, 'GET /counts']);
  });

  it('a new reader is in the numbers after 4 or 16 seconds if the projector starts cold', async () => {
    const api = await start(EVERY_ORIGIN);
    const page = await openPage(await openBrowser(), api);
    await untilRead(page, textOf(0, 1));
    await page.clock.fastForward(longestWait(1));
    await untilRequestsArrived(page);
    expect(await textsOf(page)).toEqual([textOf(0, 1)]);
    await api.project(1);
    await playMinute(page);
    expect(await textsOf(page)).toEqual([textOf(0, 1), textOf(1)]);
  });

  it('a new reader is in the numbers although a replica of the table answers once with an older total', async () => {
    const api = await start(EVERY_ORIGIN);
    const reader = await openBrowser();
    const page = await openPage(reader, api);
    await untilRead(page, textOf(0, 1));
    await reader.route(
      '**/counts',
      async (route) => {
        const response = await route.fetch();
        const counts = await response.json();
        const unique_session_count = counts.unique_session_count - 1;
        await route.fulfill({ response, json: { ...counts, unique_session_count } });
      },
      { times: 1 },
    );
    await page.clock.fastForward(longestWait(1));
    await untilRead(page, textOf(-1, 1));
    await api.project(1);
    await page.clock.fastForward(longestWait(4));
    await untilRead(page, textOf(1));
  });

  it('a visit that is sent at the second attempt is in the numbers a second later', async () => {
    const api = await start(EVERY_ORIGIN);
    const reader = await openBrowser();
    await reader.route('**/sessions', (route) => route.abort(), { times: 1 });
    const page = await openPage(reader, api);
    await untilRead(page, textOf(0));
    await page.clock.fastForward(longestWait(5));
    await untilRead(page, textOf(0, 1));
    await api.project(1);
    await page.clock.fastForward(longestWait(1));
    await untilRead(page, textOf(1));
  });
});
