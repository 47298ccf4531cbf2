import { describe, expect, it } from 'vitest';
import { useBrowser } from './support/browser.ts';
import type { FakeApi } from './support/fake-api.ts';
import { openOwnScript, stateOf, untilState } from './support/own-script.ts';
import { longestWait, textOf, untilRead, untilRequestsArrived } from './support/pages.ts';

const openReader = useBrowser();

const DASHES = '– visitors, – active in the last hour';
const ONE = '1 visitor, 1 active in the last hour';
const STALE = /^1 visitor, 1 active at \d{1,2}:\d\d [AP]M$/;

const open = (mood: FakeApi['mood'], delay = 0) => openOwnScript(openReader, mood, delay);

const visitsOf = ({ requests }: FakeApi): number =>
  requests.filter((request) => request === 'POST /sessions').length;

describe.each(['down', 'failing', 'refusing'] as const)('while the API is %s', (mood) => {
  it('the reader sees dashes, then the numbers when it recovers; the visit is counted once', async () => {
    const { api, page, noise } = await open(mood);
    await untilState(page, 'missing');
    expect(await textOf(page)).toBe(DASHES);
    api.mood = 'up';
    const before = visitsOf(api);
    await page.clock.fastForward(longestWait(5));
    await untilRead(page, ONE);
    expect(await stateOf(page)).toBe('live');
    await page.clock.fastForward(600_000);
    await untilRequestsArrived(page);
    expect(visitsOf(api) - before).toBe(1);
    expect(noise).toEqual([]);
  });

  it('the reader sees the last valid numbers with their time, then the new ones', async () => {
    const { api, page, noise } = await open('up');
    await untilRead(page, ONE);
    api.mood = mood;
    await page.clock.fastForward(longestWait(1));
    await untilState(page, 'stale');
    expect(await textOf(page)).toMatch(STALE);
    api.mood = 'up';
    api.visitors.add('another visitor');
    await page.clock.fastForward(longestWait(5));
    await untilRead(page, '2 visitors, 2 active in the last hour');
    expect(visitsOf(api)).toBe(1);
    expect(noise).toEqual([]);
  });
});

describe('when the API', () => {
  it('is down for long, retries become as rare as reads', async () => {
    const { api, page } = await open('down');
    await untilState(page, 'missing');
    const secondsToNextAttempt = async (): Promise<number> => {
      const before = visitsOf(api);
      for (let seconds = 1; ; seconds += 1) {
        await page.clock.fastForward(1_000);
        await page.waitForTimeout(20); // real time, for the response
        if (visitsOf(api) > before) return seconds;
      }
    };
    for (const shortest of [4, 16, 60, 60]) {
      const seconds = await secondsToNextAttempt();
      expect(seconds).toBeGreaterThanOrEqual(shortest - 1);
      expect(seconds).toBeLessThanOrEqual(longestWait(shortest) / 1_000 + 1);
    }
  });

  it('recovers together with the network, it is called at once', async () => {
    const { api, page } = await open('down');
    await untilState(page, 'missing');
    api.mood = 'up';
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await untilRead(page, ONE);
  });

  it('is slow, the reader sees dashes until it responds', async () => {
    const { api, page, noise } = await open('up', 500);
    expect(await textOf(page)).toBe(DASHES);
    expect(await stateOf(page)).toBe('pending');
    await untilRead(page, ONE);
    expect(visitsOf(api)).toBe(1);
    expect(noise).toEqual([]);
  });

  it('never responds, the reader sees dashes and the request is retried', async () => {
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
    await page.clock.fastForward(longestWait(5));
    await untilRead(page, ONE);
  });

  it('cannot count visits but can return counts, the reader sees them', async () => {
    const { page } = await open('up');
    await untilRead(page, ONE);
    await page.route('**/sessions', (route) => route.abort());
    await page.reload();
    await untilRead(page, ONE);
  });
});
