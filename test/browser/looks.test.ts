import { describe, expect, it } from 'vitest';
import { integrityOf } from '../../src/local/widget-bundle.ts';
import { useBrowser } from './support/browser.ts';
import { startFakeApi } from './support/fake-api.ts';
import { oneLine, servePage, untilNextRead, untilRead } from './support/pages.ts';
import { setScene } from './support/scene.ts';
import { findViolations } from './support/violations.ts';
import { widgetScript } from './support/widget.ts';

const openReader = useBrowser();

const ONE = '1 visitor, 1 active in the last hour';

describe('the page owner', () => {
  it('can style the parts and their content', async () => {
    const { page, load } = await setScene(openReader, {
      head: `<style>session-counter::part(number) { color: rgb(1, 2, 3) }
        session-counter::part(active) { display: none }</style>`,
    });
    await load();
    await untilRead(page, '1 visitor,');
    const number = page.locator('[part=number]').first();
    expect(await number.evaluate((part) => getComputedStyle(part).color)).toBe('rgb(1, 2, 3)');
  });

  it('receives new counts in an event', async () => {
    const { page, load } = await setScene(openReader, {
      head: `<script>addEventListener('session-counts', ({ detail }) => { received = detail });</script>`,
    });
    await load();
    await untilRead(page, ONE);
    expect(await page.evaluate('received')).toMatchObject({ unique_session_count: 1 });
  });

  it('can hide it with the hidden attribute', async () => {
    const { page, load } = await setScene(openReader, { attributes: 'hidden' });
    await load();
    await expect
      .poll(() => page.getByRole('status', { includeHidden: true }).textContent())
      .toBe(ONE);
    expect(await page.locator('session-counter').isVisible()).toBe(false);
  });
});

describe('a strict Content-Security-Policy', () => {
  const policy = (api: string): string =>
    `default-src 'none'; script-src ${api}; style-src 'self'; connect-src ${api};
     require-trusted-types-for 'script'; trusted-types 'none'`.replace(/\s+/g, ' ');

  it('allows the widget and its style', async () => {
    const api = await startFakeApi();
    const headers = { 'content-security-policy': policy(api.url) };
    const page = await (await openReader()).newPage();
    const messages: string[] = [];
    page.on('console', (message) => messages.push(message.text()));
    await page.goto(await servePage({ body: oneLine(api.url), headers }));
    await untilRead(page, ONE);
    const display = await page
      .locator('session-counter')
      .evaluate((it) => getComputedStyle(it).display);
    expect({ display, messages }).toEqual({ display: 'inline-grid', messages: [] });
  });

  it('works with an integrity hash of the script', async () => {
    const { url } = await startFakeApi();
    const script = (integrity: string): string =>
      `<script type="module" src="${url}/widget.js" integrity="${integrity}" crossorigin></script>
       <session-counter></session-counter>`;
    const page = await (await openReader()).newPage();
    await page.goto(await servePage({ body: script(integrityOf(await widgetScript())) }));
    await untilRead(page, ONE);
    await page.goto(await servePage({ body: script(integrityOf('another script')) }));
    expect(await page.locator('session-counter').getAttribute('data-state')).toBeNull();
  });
});

it('finds the API by the address of its script, without the query', async () => {
  const { url } = await startFakeApi();
  const page = await (await openReader()).newPage();
  const body = oneLine(url).replace('widget.js', 'widget.js?cK6/RJ=43/W');
  await page.goto(await servePage({ body }));
  await untilRead(page, ONE);
});

describe('the widget', () => {
  const DARK = '<meta name="color-scheme" content="light dark">';

  it.each(['light', 'dark'] as const)(
    'has no accessibility violation that axe finds on a %s page',
    async (colorScheme) => {
      const { page, load } = await setScene(openReader, { head: DARK, options: { colorScheme } });
      await load();
      await untilRead(page, ONE);
      expect(await findViolations(page)).toEqual([]);
    },
  );

  it('is announced politely and never animates', async () => {
    const { page, load } = await setScene(openReader, {});
    await load();
    await untilRead(page, ONE);
    expect(await page.getByRole('status').count()).toBe(1);
    expect(await page.evaluate('document.getAnimations().length')).toBe(0);
  });

  it('does not announce unchanged text again', async () => {
    const { page, load } = await setScene(openReader, { hasClock: true });
    await load();
    await untilRead(page, ONE);
    await page.evaluate(() => {
      const text = document.querySelector('session-counter')?.shadowRoot?.firstChild as Node;
      const note = (records: unknown[]) => Reflect.set(window, 'changes', records.length);
      new MutationObserver(note).observe(text, {
        childList: true,
        characterData: true,
        subtree: true,
      });
    });
    await untilNextRead(page);
    expect(await page.evaluate('window.changes')).toBeUndefined();
  });

  it('stores no cookie or other data and only contacts the API', async () => {
    const { api, page, load, reader } = await setScene(openReader, {});
    const origins = new Set<string>();
    page.on('request', (request) => origins.add(new URL(request.url()).origin));
    await load();
    await untilRead(page, ONE);
    expect([...origins]).toEqual([new URL(page.url()).origin, api.url]);
    expect(await reader.cookies()).toEqual([]);
    expect(await reader.storageState()).toEqual({ cookies: [], origins: [] });
  });

  it('has violations that axe would find', async () => {
    const head = '<style>session-counter { color: #999; background: #aaa }</style>';
    const { page, load } = await setScene(openReader, { head });
    await load();
    await untilRead(page, ONE);
    expect(await findViolations(page)).toEqual([expect.stringContaining('contrast')]);
  });

  it('leaves the badge for readers without scripts', async () => {
    const { api, page, load } = await setScene(openReader, {
      options: { javaScriptEnabled: false },
      body: '<noscript><img src="BADGE" alt="Visitors of this page"></noscript>',
    });
    await load();
    expect(await page.getByAltText('Visitors of this page').isVisible()).toBe(true);
    expect(api.requests).toEqual([]);
  });
});
