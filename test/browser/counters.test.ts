import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { useBrowser } from './support/browser.ts';
import { type FakeApi, startFakeApi } from './support/fake-api.ts';
import { longestWait, servePage, untilRequestsArrived } from './support/pages.ts';
import { restoreFromCache } from './support/visibility.ts';

const openReader = useBrowser();

const TOTALS = { 'blog/first': 7, 'blog/second': 3, constructor: 5 };

/** A page with these elements; the API knows the site and the counters in `TOTALS`, with so many visitors. */
const open = async (elements: string, fragment = '') => {
  const api = await startFakeApi();
  for (const [name, size] of Object.entries(TOTALS))
    api.counters.set(name, new Set(Array.from({ length: size }, (_, index) => `visitor ${index}`)));
  const page = await (await openReader()).newPage();
  const noise: string[] = [];
  page.on('pageerror', ({ message }) => noise.push(message));
  await page.addInitScript(
    `details = []; addEventListener('session-counts', ({ detail }) => details.push(detail));`,
  );
  await page.clock.install();
  const body = `<script type="module" src="${api.url}/widget.js"></script>${elements}`;
  await page.goto((await servePage({ body })) + fragment);
  return { api, page, noise };
};

const textsOf = (page: Page): Promise<string[]> => page.getByRole('status').allInnerTexts();

const untilTexts = (page: Page, texts: string[]): Promise<void> =>
  expect.poll(() => textsOf(page), { timeout: 4_000, interval: 25 }).toEqual(texts);

const statesOf = (page: Page): Promise<(string | undefined)[]> =>
  page
    .locator('session-counter')
    .evaluateAll((all) => all.map((it) => (it as HTMLElement).dataset.state));

const untilAddresses = ({ addresses }: FakeApi, sent: string[]): Promise<void> =>
  expect.poll(() => addresses, { timeout: 4_000, interval: 25 }).toEqual(sent);

const element = (name: string, attributes = ''): string =>
  `<p><session-counter counter="${name}" ${attributes}></session-counter></p>`;

const both = (count: number): string =>
  `${count} visitor${count === 1 ? '' : 's'}, ${count} active in the last hour`;
const DASHES = '– visitors, – active in the last hour';

describe('a page with a post and the site', () => {
  it('counts and shows both, with one POST and one GET', async () => {
    const { api, page } = await open(`<session-counter></session-counter>${element('blog/first')}`);
    await untilTexts(page, [both(1), both(8)]);
    expect(api.addresses).toEqual([
      'POST /sessions?counter=site,blog/first',
      'GET /counts?counter=site,blog/first',
    ]);
  });

  it('gives a script the numbers of each by its name', async () => {
    const { page } = await open(`<session-counter></session-counter>${element('blog/first')}`);
    await untilTexts(page, [both(1), both(8)]);
    expect(await page.evaluate('details')).toMatchObject([
      {
        counters: { site: { unique_session_count: 1 }, 'blog/first': { active_sessions: 8 } },
        active_window_minutes: 60,
      },
    ]);
  });

  it('counts both again when the back/forward cache restores it', async () => {
    const { api, page } = await open(`<session-counter></session-counter>${element('blog/first')}`);
    await untilTexts(page, [both(1), both(8)]);
    await restoreFromCache(page);
    await expect.poll(() => api.addresses.length).toBe(4);
    expect(api.addresses[2]).toBe('POST /sessions?counter=site,blog/first');
  });

  it('counts neither with #session-counter=ignore', async () => {
    const elements = `<session-counter></session-counter>${element('blog/first')}`;
    const { api, page } = await open(elements, '#session-counter=ignore');
    await untilTexts(
      page,
      [0, 7].map((count) => `${both(count)}, not counting you`),
    );
    expect(api.requests).toEqual(['GET /counts']);
  });
});

it('a page with one other counter gives a script the same object as for the site', async () => {
  const { api, page } = await open(element('blog/first'));
  await untilTexts(page, [both(8)]);
  expect(api.addresses).toEqual([
    'POST /sessions?counter=blog/first',
    'GET /counts?counter=blog/first',
  ]);
  expect(await page.evaluate('details')).toMatchObject([
    { unique_session_count: 8, active_sessions: 8 },
  ]);
});

it('a counter may have the name of a property that every object has', async () => {
  const { page, noise } = await open(element('constructor'));
  await untilTexts(page, [both(6)]);
  expect(noise).toEqual([]);
});

it('a character that no name has neither counts another counter nor hides the next one', async () => {
  const wrong = ['blog/second#', 'blog/second&amp;', 'blog/second,constructor'];
  const { api, page } = await open(
    wrong.map((name) => element(name)).join('') + element('blog/first'),
  );
  await untilTexts(page, [DASHES, DASHES, DASHES, both(8)]);
  expect(api.counters.get('blog/second')?.size).toBe(3);
  expect(api.counters.get('constructor')?.size).toBe(5);
});

it('several elements of one counter are one visit', async () => {
  const { api, page } = await open(element('blog/first').repeat(3));
  await untilTexts(page, Array(3).fill(both(8)));
  expect(api.addresses[0]).toBe('POST /sessions?counter=blog/first');
  expect(api.requests).toEqual(['POST /sessions', 'GET /counts']);
});

describe('a readonly element', () => {
  it('in a list of 20 shows its total, which one GET reads, and counts nothing', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `list/${index}`);
    const { api, page } = await open(element('list/0', 'readonly'));
    for (const [index, name] of names.entries())
      api.counters.set(name, new Set(names.slice(0, index)));
    await page.evaluate(
      (html) => document.body.insertAdjacentHTML('beforeend', html),
      names
        .slice(1)
        .map((name) => element(name, 'readonly'))
        .join(''),
    );
    await untilTexts(
      page,
      names.map((_, index) => `${index} visitor${index === 1 ? '' : 's'}`),
    );
    expect(api.addresses.at(-1)).toBe(`GET /counts?total=${names}`);
    expect(api.requests).not.toContain('POST /sessions');
  });

  it('beside one that counts the same shows the same total', async () => {
    const { page } = await open(element('blog/first') + element('blog/first', 'readonly'));
    await untilTexts(page, [both(8), '8 visitors']);
  });

  it('beyond the 50 that a request may have shows a dash, and the others their totals', async () => {
    const names = Array.from({ length: 51 }, (_, index) => `list/${index}`);
    const { api, page } = await open('');
    for (const name of names) api.counters.set(name, new Set());
    await page.evaluate(
      (html) => document.body.insertAdjacentHTML('beforeend', html),
      names.map((name) => element(name, 'readonly')).join(''),
    );
    await untilTexts(page, [...Array(50).fill('0 visitors'), '– visitors']);
    await untilRequestsArrived(page);
    expect(api.requests).toEqual(['GET /counts']);
  });
});

describe('a name that the API does not know', () => {
  it('shows a dash, and the others of the page are not read more often', async () => {
    const { api, page, noise } = await open(element('unknown') + element('blog/second'));
    await untilTexts(page, [DASHES, both(4)]);
    expect(await statesOf(page)).toEqual(['missing', 'live']);
    for (const seconds of [1, 4, 16]) {
      await page.clock.fastForward(longestWait(seconds));
      await untilRequestsArrived(page);
    }
    expect(api.requests).toEqual(['POST /sessions', ...Array(4).fill('GET /counts')]);
    expect(noise).toEqual([]);
  });

  it('shows a dash if it is alone; its visit is sent once', async () => {
    const { api, page, noise } = await open(element('unknown'));
    await expect.poll(() => statesOf(page)).toEqual(['missing']);
    for (const seconds of [4, 16, 60]) {
      await page.clock.fastForward(longestWait(seconds));
      await untilRequestsArrived(page);
    }
    expect(api.requests).toEqual(['POST /sessions', ...Array(4).fill('GET /counts')]);
    expect(noise).toEqual([]);
  });

  it('that comes later does not make the others retry', async () => {
    const { api, page } = await open(element('blog/first', 'readonly'));
    await untilTexts(page, ['7 visitors']);
    await page.evaluate(
      (html) => document.body.insertAdjacentHTML('beforeend', html),
      element('unknown'),
    );
    await untilTexts(page, ['7 visitors', DASHES]);
    await page.clock.fastForward(longestWait(16));
    await untilRequestsArrived(page);
    expect(api.requests).toEqual(['GET /counts', 'POST /sessions', 'GET /counts']);
  });
});

describe('a name that comes later', () => {
  it('with a new element is counted once, and read at once with the others', async () => {
    const { api, page } = await open('<session-counter></session-counter>');
    await untilTexts(page, [both(1)]);
    await page.evaluate(
      (html) => document.body.insertAdjacentHTML('beforeend', html),
      element('blog/first').repeat(2),
    );
    await untilTexts(page, [both(1), both(8), both(8)]);
    expect(api.addresses).toEqual([
      'POST /sessions',
      'GET /counts',
      'POST /sessions?counter=blog/first',
      'GET /counts?counter=site,blog/first',
    ]);
  });

  it('with a changed attribute is counted once, also when the element returns to it', async () => {
    const { api, page } = await open(element('blog/first'));
    await untilTexts(page, [both(8)]);
    const rename = (name: string) =>
      page.locator('session-counter').evaluate((it, to) => it.setAttribute('counter', to), name);
    await rename('blog/second');
    await untilTexts(page, [both(4)]);
    await rename('blog/first');
    await untilTexts(page, [both(8)]);
    await untilRequestsArrived(page);
    await untilAddresses(api, [
      'POST /sessions?counter=blog/first',
      'GET /counts?counter=blog/first',
      'POST /sessions?counter=blog/second',
      'GET /counts?counter=blog/second',
    ]);
  });

  it('with an attribute that a framework sets after it has added the element counts that name alone', async () => {
    const { api, page } = await open('');
    await page.evaluate(() =>
      document.body
        .appendChild(document.createElement('session-counter'))
        .setAttribute('counter', 'blog/first'),
    );
    await untilTexts(page, [both(8)]);
    expect(api.addresses[0]).toBe('POST /sessions?counter=blog/first');
  });

  it('while a request is under way is asked for after it', async () => {
    const { api, page } = await open('');
    api.delay = 300;
    await page.evaluate(
      (html) => document.body.insertAdjacentHTML('beforeend', html),
      element('blog/first'),
    );
    await expect.poll(() => api.requests.length).toBe(1);
    await page.evaluate(
      (html) => document.body.insertAdjacentHTML('beforeend', html),
      element('blog/second'),
    );
    await untilTexts(page, [both(8), both(4)]);
    expect(api.addresses[2]).toBe('POST /sessions?counter=blog/second');
  });
});
