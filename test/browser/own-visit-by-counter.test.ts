import { expect, it } from 'vitest';
import { useDatabase } from '../support/embedded-database.ts';
import { useBrowser } from './support/browser.ts';
import { longestWait, untilRequestsArrived } from './support/pages.ts';
import { EARLIER, startRealApi } from './support/real-api.ts';

const useFile = useDatabase();
const openReader = useBrowser();

const ELEMENTS = `<p><session-counter></session-counter></p>
  <p><session-counter counter="blog/first"></session-counter></p>
  <p><session-counter counter="blog/first" readonly></session-counter></p>
  <p><session-counter counter="blog/second" readonly></session-counter></p>
  <p><session-counter counter="unknown"></session-counter></p>
  <p><session-counter counter="/no name/"></session-counter></p>
  <p><session-counter counter="__proto__" readonly></session-counter></p>`;

const TEXTS = [
  `${EARLIER + 1} visitors, 1 active in the last hour`,
  '1 visitor, 1 active in the last hour',
  '1 visitor',
  '0 visitors',
  '– visitors, – active in the last hour',
  '– visitors, – active in the last hour',
  '– visitors',
];

it('a new reader is in the numbers of each counter at once and once, beside elements with wrong names', async () => {
  const api = await startRealApi(useFile(), { COUNTERS: 'blog/*' }, ELEMENTS);
  const page = await (await openReader()).newPage();
  const noise: string[] = [];
  page.on('pageerror', ({ message }) => noise.push(message));
  await page.clock.install();
  await page.goto(api.page);
  const texts = () => page.getByRole('status').allInnerTexts();
  await expect.poll(texts, { timeout: 4_000 }).toEqual(TEXTS);
  await api.project(1);
  for (let minutes = 0; minutes < 2; minutes += 1) {
    await page.clock.fastForward(longestWait(60));
    await untilRequestsArrived(page);
    expect(await texts()).toEqual(TEXTS);
  }
  expect(api.requests).toEqual(['POST /sessions', ...Array(3).fill('GET /counts')]);
  expect(noise).toEqual([]);
});
