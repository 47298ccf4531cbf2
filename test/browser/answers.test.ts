import { describe, expect, it } from 'vitest';
import { useBrowser } from './support/browser.ts';
import { goOnline, openOwnScript, untilState } from './support/own-script.ts';
import { longestWait, textOf, untilRead } from './support/pages.ts';

const openReader = useBrowser();

const DASHES = '– visitors, – active in the last hour';
const ONE = '1 visitor, 1 active in the last hour';
const STALE = /^1 visitor, 1 active at \d{1,2}:\d\d [AP]M$/;
const TWO = '2 visitors, 2 active in the last hour';

const AS_OF = '"as_of":"2026-11-23T18:00:00.000Z"';
// Each is a successful HTTP response. None may stop the refreshes.
const INVALID_COUNTS = [
  ...['null', '[]', '{}', '"42"', '42', '<h1>Welcome to the hotel</h1>', '{"toString":1}'],
  `{"unique_session_count":{"toLocaleString":1},"active_sessions":1,"active_window_minutes":60,${AS_OF}}`,
  `{"unique_session_count":1,"active_sessions":"many","active_window_minutes":60,${AS_OF}}`,
  `{"unique_session_count":-1,"active_sessions":1,"active_window_minutes":60,${AS_OF}}`,
  `{"unique_session_count":1,"active_sessions":1,"active_window_minutes":{"toString":1},${AS_OF}}`,
  '{"unique_session_count":1,"active_sessions":1,"active_window_minutes":60,"as_of":{"valueOf":1,"toString":1}}',
  '{"unique_session_count":1,"active_sessions":1,"active_window_minutes":60,"as_of":"yesterday"}',
];

describe('when the API responds', () => {
  it('with invalid counts, the reader keeps the last valid ones and then sees new ones', async () => {
    const { api, page, noise } = await openOwnScript(openReader);
    await untilRead(page, ONE);
    for (const countsBody of INVALID_COUNTS) {
      api.countsBody = countsBody;
      await goOnline(page);
      await untilState(page, 'stale');
      expect(await textOf(page)).toMatch(STALE);
      api.countsBody = undefined;
      await page.clock.fastForward(longestWait(5));
      await untilState(page, 'live');
    }
    api.visitors.add('another visitor');
    await page.clock.fastForward(longestWait(60));
    await untilRead(page, TWO);
    expect(noise).toEqual([]);
  });

  it('with valid counts, the page may change them in its event handler or throw', async () => {
    const { api, page, noise } = await openOwnScript(openReader);
    await untilRead(page, ONE);
    await page.evaluate(() =>
      addEventListener('session-counts', ({ detail }: CustomEventInit) => {
        for (const name of Object.keys(detail)) detail[name] = { toLocaleString: 1, toString: 1 };
        throw new Error('An error of the page');
      }),
    );
    await goOnline(page);
    await expect.poll(() => noise).toContain('An error of the page');
    api.mood = 'failing';
    await goOnline(page);
    await untilState(page, 'stale');
    expect(await textOf(page)).toMatch(STALE);
    api.mood = 'up';
    api.visitors.add('another visitor');
    await page.clock.fastForward(longestWait(5));
    await untilRead(page, TWO);
    expect(new Set(noise)).toEqual(new Set(['An error of the page']));
  });

  it('with something else, the reader sees dashes', async () => {
    const { page, noise } = await openOwnScript(openReader);
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
