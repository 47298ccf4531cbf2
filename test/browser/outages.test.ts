import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { buildWidget } from '../../infra/widget-bundle.ts';
import { useBrowser } from './support/browser.ts';
import { type FakeApi, startFakeApi } from './support/fake-api.ts';
import { askItself, servePage, textOf, untilRead } from './support/pages.ts';

const openReader = useBrowser();

const DASHES = '– visitors, – active in the last hour';
const ONE = '1 visitor, 1 active in the last hour';
const STALE = /^1 visitor, 1 active at \d{1,2}:\d\d [AP]M$/;

/** A page that has the script itself, so that it runs though the API is down. */
const open = async (mood: FakeApi['mood'], delay = 0) => {
  const api = Object.assign(await startFakeApi(), { mood, delay });
  const body = `<script type="module">${await buildWidget()}</script>
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

const AS_OF = '"as_of":"2026-11-23T18:00:00.000Z"';
// Each is a good HTTP answer. None may end the refreshing.
const NO_COUNTS = [
  ...['null', '[]', '{}', '"42"', '42', '<h1>Welcome to the hotel</h1>', '{"toString":1}'],
  `{"unique_session_count":{"toLocaleString":1},"active_sessions":1,"active_window_minutes":60,${AS_OF}}`,
  `{"unique_session_count":1,"active_sessions":1e400,"active_window_minutes":60,${AS_OF}}`,
  `{"unique_session_count":-1,"active_sessions":1,"active_window_minutes":60,${AS_OF}}`,
  `{"unique_session_count":1,"active_sessions":1,"active_window_minutes":{"toString":1},${AS_OF}}`,
  '{"unique_session_count":1,"active_sessions":1,"active_window_minutes":60,"as_of":{"valueOf":1,"toString":1}}',
  '{"unique_session_count":1,"active_sessions":1,"active_window_minutes":60,"as_of":"yesterday"}',
];

const stateOf = (page: Page): Promise<string | null> =>
  page.locator('session-counter').getAttribute('data-state');

const untilState = async (page: Page, state: string): Promise<void> =>
  expect.poll(() => stateOf(page), { timeout: 4_000, interval: 25 }).toBe(state);

const visitsOf = ({ requests }: FakeApi): number =>
  requests.filter((request) => request === 'POST /sessions').length;

describe.each(['down', 'failing', 'refusing'] as const)('while the API is %s', (mood) => {
  it('the reader sees a dash, and the numbers when it is back; the visit is counted once', async () => {
    const { api, page, noise } = await open(mood);
    await untilState(page, 'missing');
    expect(await textOf(page)).toBe(DASHES);
    api.mood = 'up';
    const before = visitsOf(api);
    await page.clock.fastForward(5_000);
    await untilRead(page, ONE);
    expect(await stateOf(page)).toBe('live');
    await page.clock.fastForward(600_000);
    await askItself(page);
    expect(visitsOf(api) - before).toBe(1);
    expect(noise).toEqual([]);
  });

  it('the reader sees the last good numbers with their time, then the new ones', async () => {
    const { api, page, noise } = await open('up');
    await untilRead(page, ONE);
    api.mood = mood;
    await page.clock.fastForward(1_000);
    await untilState(page, 'stale');
    expect(await textOf(page)).toMatch(STALE);
    api.mood = 'up';
    api.visitors.add('somebody else');
    await page.clock.fastForward(5_000);
    await untilRead(page, '2 visitors, 2 active in the last hour');
    expect(visitsOf(api)).toBe(1);
    expect(noise).toEqual([]);
  });
});

describe('when the API', () => {
  it('is down for long, it is asked ever more seldom', async () => {
    const { api, page } = await open('down');
    await untilState(page, 'missing');
    const secondsToNextAttempt = async (): Promise<number> => {
      const before = visitsOf(api);
      for (let seconds = 1; ; seconds += 1) {
        await page.clock.fastForward(1_000);
        await page.waitForTimeout(20); // real time, for the answer
        if (visitsOf(api) > before) return seconds;
      }
    };
    for (const longest of [5, 10, 20, 40]) {
      const seconds = await secondsToNextAttempt();
      expect(seconds).toBeGreaterThanOrEqual(longest * 0.75 - 1);
      expect(seconds).toBeLessThanOrEqual(longest + 1);
    }
  });

  it('comes back together with the network, it is asked at once', async () => {
    const { api, page } = await open('down');
    await untilState(page, 'missing');
    api.mood = 'up';
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await untilRead(page, ONE);
  });

  it('is slow, the reader sees a dash until it answers', async () => {
    const { api, page, noise } = await open('up', 500);
    expect(await textOf(page)).toBe(DASHES);
    expect(await stateOf(page)).toBe('pending');
    await untilRead(page, ONE);
    expect(visitsOf(api)).toBe(1);
    expect(noise).toEqual([]);
  });

  it('never answers, the reader sees a dash, and it is asked again', async () => {
    const { api, page } = await open('up');
    api.delay = 600_000;
    await page.addInitScript(() => {
      const { timeout } = AbortSignal;
      AbortSignal.timeout = (milliseconds) => timeout.call(AbortSignal, milliseconds / 100);
    });
    await page.reload();
    await untilState(page, 'missing');
    expect(await textOf(page)).toBe(DASHES);
    api.delay = 0;
    await page.clock.fastForward(5_000);
    await untilRead(page, ONE);
  });

  it('cannot count but can read, the reader sees the numbers', async () => {
    const { page } = await open('up');
    await page.route('**/sessions', (route) => route.abort());
    await page.reload();
    await untilRead(page, ONE);
  });

  it('answers with what are no counts, the reader keeps the last good ones, then sees new ones', async () => {
    const { api, page, noise } = await open('up');
    await untilRead(page, ONE);
    for (const says of NO_COUNTS) {
      api.says = says;
      await page.evaluate(() => dispatchEvent(new Event('online')));
      await untilState(page, 'stale');
      expect(await textOf(page)).toMatch(STALE);
      api.says = undefined;
      await page.clock.fastForward(5_000);
      await untilState(page, 'live');
    }
    api.visitors.add('somebody else');
    await page.clock.fastForward(60_000);
    await untilRead(page, '2 visitors, 2 active in the last hour');
    expect(noise).toEqual([]);
  });

  it('answers well, the page may do as it likes with the answer, or fail', async () => {
    const { api, page, noise } = await open('up');
    await untilRead(page, ONE);
    await page.evaluate(() =>
      addEventListener('session-counts', ({ detail }: CustomEventInit) => {
        for (const name of Object.keys(detail)) detail[name] = { toLocaleString: 1, toString: 1 };
        throw new Error('A fault of the page');
      }),
    );
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await expect.poll(() => noise).toContain('A fault of the page');
    api.mood = 'failing';
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await untilState(page, 'stale');
    expect(await textOf(page)).toMatch(STALE);
    api.mood = 'up';
    api.visitors.add('somebody else');
    await page.clock.fastForward(5_000);
    await untilRead(page, '2 visitors, 2 active in the last hour');
    expect(new Set(noise)).toEqual(new Set(['A fault of the page']));
  });

  it('answers with something else, the reader sees a dash', async () => {
    const { page, noise } = await open('up');
    for (const body of ['<h1>Welcome to the hotel</h1>', '{}', '[]', 'null', '"42"']) {
      await page.route('**/counts', (route) =>
        route.fulfill({ body, headers: { 'access-control-allow-origin': '*' } }),
      );
      await page.reload();
      await page.locator('session-counter:not([data-state=pending])').waitFor();
      expect(await textOf(page)).toBe(DASHES);
    }
    expect(noise).toEqual([]);
  });
});
