import { describe, expect, it } from 'vitest';
import { useBrowser } from './support/browser.ts';
import { askAgain, openOwnScript, untilState } from './support/own-script.ts';
import { textOf, untilRead } from './support/pages.ts';

const openReader = useBrowser();

const DASHES = '– visitors, – active in the last hour';
const ONE = '1 visitor, 1 active in the last hour';
const STALE = /^1 visitor, 1 active at \d{1,2}:\d\d [AP]M$/;
const TWO = '2 visitors, 2 active in the last hour';

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

describe('when the API', () => {
  it('answers with what are no counts, the reader keeps the last good ones, then sees new ones', async () => {
    const { api, page, noise } = await openOwnScript(openReader);
    await untilRead(page, ONE);
    for (const says of NO_COUNTS) {
      api.says = says;
      await askAgain(page);
      await untilState(page, 'stale');
      expect(await textOf(page)).toMatch(STALE);
      api.says = undefined;
      await page.clock.fastForward(5_000);
      await untilState(page, 'live');
    }
    api.visitors.add('somebody else');
    await page.clock.fastForward(60_000);
    await untilRead(page, TWO);
    expect(noise).toEqual([]);
  });

  it('answers well, the page may do as it likes with the answer, or fail', async () => {
    const { api, page, noise } = await openOwnScript(openReader);
    await untilRead(page, ONE);
    await page.evaluate(() =>
      addEventListener('session-counts', ({ detail }: CustomEventInit) => {
        for (const name of Object.keys(detail)) detail[name] = { toLocaleString: 1, toString: 1 };
        throw new Error('A fault of the page');
      }),
    );
    await askAgain(page);
    await expect.poll(() => noise).toContain('A fault of the page');
    api.mood = 'failing';
    await askAgain(page);
    await untilState(page, 'stale');
    expect(await textOf(page)).toMatch(STALE);
    api.mood = 'up';
    api.visitors.add('somebody else');
    await page.clock.fastForward(5_000);
    await untilRead(page, TWO);
    expect(new Set(noise)).toEqual(new Set(['A fault of the page']));
  });

  it('answers with something else, the reader sees a dash', async () => {
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
