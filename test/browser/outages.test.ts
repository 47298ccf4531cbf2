import { describe, expect, it } from 'vitest';
import { useBrowser } from './support/browser.ts';
import type { FakeApi } from './support/fake-api.ts';
import { openOwnScript, stateOf, untilState } from './support/own-script.ts';
import { askItself, textOf, untilRead } from './support/pages.ts';

const openReader = useBrowser();

const DASHES = '– visitors, – active in the last hour';
const ONE = '1 visitor, 1 active in the last hour';
const STALE = /^1 visitor, 1 active at \d{1,2}:\d\d [AP]M$/;

const open = (mood: FakeApi['mood'], delay = 0) => openOwnScript(openReader, mood, delay);

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
});
