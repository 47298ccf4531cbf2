import { describe, expect, it } from 'vitest';
import { buildWidget, integrityOf } from '../../infra/widget-bundle.ts';
import { findBarriers } from './support/barriers.ts';
import { useBrowser } from './support/browser.ts';
import { startFakeApi } from './support/fake-api.ts';
import { followShifts, shiftsOf } from './support/layout-shift.ts';
import { oneLine, servePage, textOf, untilRead } from './support/pages.ts';

const openReader = useBrowser();

const ONE = '1 visitor, 1 active in the last hour';

const visitors = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `visitor ${index}`);

/** A page with the counter in the middle of a text, and how it reads in the end. */
const open = async ({ count = 0, attributes = '', options = {}, site = {} }) => {
  const api = await startFakeApi();
  for (const visitor of visitors(count)) api.visitors.add(visitor);
  const body = oneLine(api.url).replace('<session-counter', `<session-counter ${attributes}`);
  const reader = await openReader(options);
  await followShifts(reader);
  const page = await reader.newPage();
  const address = await servePage({ body: `<p>Here:</p>${body}<p>And on it goes.</p>`, ...site });
  return { api, page, address, reader };
};

describe('the words', () => {
  it('have a singular and a plural', async () => {
    const { page, address, api } = await open({});
    await page.goto(address);
    await untilRead(page, ONE);
    api.visitors.add('somebody else');
    await untilRead(page, '2 visitors, 2 active in the last hour');
  });

  it('have the numbers as the reader writes them', async () => {
    const { page, address } = await open({ count: 12_345, options: { locale: 'de-DE' } });
    await page.goto(address);
    await untilRead(page, '12.346 visitors, 12.346 active in the last hour');
  });

  it('name another window than an hour', async () => {
    const { page, address, api } = await open({});
    api.activeWindowMinutes = 30;
    await page.goto(address);
    await untilRead(page, '1 visitor, 1 active in the last 30 minutes');
  });

  it('are all the page owner’s, if they like', async () => {
    const attributes = `visitors="# Gäste" visitors-1="# Gast" active=" (# in der letzten Stunde)"
      stale=" (# um @ Uhr)" ignored=" – ohne Sie"`;
    const options = { locale: 'de-DE' };
    const { page, address, api } = await open({ attributes, options });
    await page.goto(address);
    await untilRead(page, '1 Gast (1 in der letzten Stunde)');
    api.visitors.add('somebody else');
    await untilRead(page, '2 Gäste (2 in der letzten Stunde)');
    api.mood = 'down';
    await page.goto(`${address}#session-counter=ignore`);
    await expect.poll(() => textOf(page), { timeout: 6_000 }).toMatch(/^2 Gäste \(2 um \d\d:\d\d Uhr\) – ohne Sie$/);
  });
});

describe('the page', () => {
  it('can restyle the parts', async () => {
    const head = `<style>session-counter { --session-counter-number: rgb(1, 2, 3) }
      session-counter::part(active) { display: none }</style>`;
    const { page, address } = await open({ site: { head } });
    ...
  });
});
