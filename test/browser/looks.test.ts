import { describe, expect, it } from 'vitest';
import { buildWidget, integrityOf } from '../../infra/widget-bundle.ts';
import { findBarriers } from './support/barriers.ts';
import { useBrowser } from './support/browser.ts';
import { startFakeApi } from './support/fake-api.ts';
import { oneLine, servePage, untilRead } from './support/pages.ts';
import { setScene } from './support/scene.ts';

const openReader = useBrowser();

const ONE = '1 visitor, 1 active in the last hour';

describe('the page owner', () => {
  it('restyles the parts and what is in them', async () => {
    const { page, load } = await setScene(openReader, {
      head: `<style>session-counter { --session-counter-number: rgb(1, 2, 3) }
        session-counter::part(active) { display: none }</style>`,
    });
    await load();
    await untilRead(page, '1 visitor,');
    const number = page.locator('[part=number]').first();
    expect(await number.evaluate((part) => getComputedStyle(part).color)).toBe('rgb(1, 2, 3)');
  });

  it('hears of new numbers', async () => {
    const { page, load } = await setScene(openReader, {
      head: `<script>addEventListener('session-counts', ({ detail }) => { heard = detail });</script>`,
    });
    await load();
    await untilRead(page, ONE);
    expect(await page.evaluate('heard')).toMatchObject({ unique_session_count: 1 });
  });

  it('hides it with the hidden attribute', async () => {
    const { page, load } = await setScene(openReader, { attributes: 'hidden' });
    await load();
    await expect
      .poll(() => page.getByRole('status', { includeHidden: true }).textContent())
      .toBe(ONE);
    expect(await page.locator('session-counter').isVisible()).toBe(false);
  });
});

describe('the hidden lines that keep its room', () => {
  it('are not read out and not copied', async () => {
    const { page, load } = await setScene(openReader, {
      options: { permissions: ['clipboard-read', 'clipboard-write'] },
    });
    await load();
    await untilRead(page, ONE);
    expect(await page.locator('body').ariaSnapshot()).toContain(`- status: ${ONE}`);
    expect(await page.locator('body').ariaSnapshot()).not.toContain('000');
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Control+C');
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied.split('\n').filter(Boolean)).toEqual(['A page', 'Before.', ONE, 'After.']);
  });

  it('are as wide as the digits that the page asks for', async () => {
    const widthWith = async (attributes: string) => {
      const { page, load } = await setScene(openReader, { attributes });
      await load();
      await untilRead(page, ONE);
      return (await page.locator('session-counter').boundingBox())?.width ?? 0;
    };
    const [three, six, nonsense, none] = [
      await widthWith('digits="3"'),
      await widthWith('digits="6"'),
      await widthWith('digits="many"'),
      await widthWith(''),
    ];
    expect(three).toBeLessThan(six - 40);
    expect([nonsense, none]).toEqual([six, six]);
  });

  it.each(['9', '-3', '0', '2.5', '1e999', '1e9'])(
    'take any number of digits, %s too, without a fault',
    async (digits) => {
      const { page, load } = await setScene(openReader, { attributes: `digits="${digits}"` });
      const faults: string[] = [];
      page.on('pageerror', ({ message }) => faults.push(message));
      await load();
      await untilRead(page, ONE);
      expect(faults).toEqual([]);
    },
  );

  it('give way to a number of more digits, which has one line too', async () => {
    const { page, load, api } = await setScene(openReader, { attributes: 'digits="2"' });
    await load();
    await untilRead(page, ONE);
    const heightBefore = (await page.locator('session-counter').boundingBox())?.height;
    api.says = JSON.stringify({
      ...{ unique_session_count: 1_234_567, active_sessions: 1_234, active_window_minutes: 60 },
      as_of: new Date().toISOString(),
    });
    await untilRead(page, '1,234,567 visitors, 1,234 active in the last hour');
    expect((await page.locator('session-counter').boundingBox())?.height).toBe(heightBefore);
  });
});

describe('a strict Content-Security-Policy', () => {
  const policy = (api: string): string =>
    `default-src 'none'; script-src ${api}; style-src 'self'; connect-src ${api};
     require-trusted-types-for 'script'; trusted-types 'none'`.replace(/\s+/g, ' ');

  it('lets the widget run and look as it should', async () => {
    const api = await startFakeApi();
    const headers = { 'content-security-policy': policy(api.url) };
    const page = await (await openReader()).newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    await page.goto(await servePage({ body: oneLine(api.url), headers }));
    await untilRead(page, ONE);
    const display = await page
      .locator('session-counter')
      .evaluate((it) => getComputedStyle(it).display);
    expect({ display, complaints }).toEqual({ display: 'inline-grid', complaints: [] });
  });

  it('goes with an integrity hash of the script', async () => {
    const { url } = await startFakeApi();
    const script = (integrity: string): string =>
      `<script type="module" src="${url}/widget.js" integrity="${integrity}" crossorigin></script>
       <session-counter></session-counter>`;
    const page = await (await openReader()).newPage();
    await page.goto(await servePage({ body: script(integrityOf(await buildWidget())) }));
    await untilRead(page, ONE);
    await page.goto(await servePage({ body: script(integrityOf('another script')) }));
    expect(await page.locator('session-counter').getAttribute('data-state')).toBeNull();
  });
});

describe('the widget', () => {
  const DARK = '<meta name="color-scheme" content="light dark">';

  it.each(['light', 'dark'] as const)(
    'has no barrier that axe finds on a %s page',
    async (colorScheme) => {
      const { page, load } = await setScene(openReader, { head: DARK, options: { colorScheme } });
      await load();
      await untilRead(page, ONE);
      expect(await findBarriers(page)).toEqual([]);
    },
  );

  it('is announced politely, and moves by itself never', async () => {
    const { page, load } = await setScene(openReader, {});
    await load();
    await untilRead(page, ONE);
    expect(await page.getByRole('status').count()).toBe(1);
    expect(await page.evaluate('document.getAnimations().length')).toBe(0);
  });

  it('does not announce again what has not changed', async () => {
    const { page, load } = await setScene(openReader, {});
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
    await page.waitForEvent('requestfinished'); // the second read
    await page.evaluate(() => new Promise((painted) => requestAnimationFrame(painted)));
    expect(await page.evaluate('window.changes')).toBeUndefined();
  });

  it('leaves no cookie, no storage, and asks nobody but the API', async () => {
    const { api, page, load, reader } = await setScene(openReader, {});
    const origins = new Set<string>();
    page.on('request', (request) => origins.add(new URL(request.url()).origin));
    await load();
    await untilRead(page, ONE);
    expect([...origins]).toEqual([new URL(page.url()).origin, api.url]);
    expect(await reader.cookies()).toEqual([]);
    expect(await reader.storageState()).toEqual({ cookies: [], origins: [] });
  });

  it('a barrier inside the widget is noticed', async () => {
    const head = '<style>session-counter { color: #999; background: #aaa }</style>';
    const { page, load } = await setScene(openReader, { head });
    await load();
    await untilRead(page, ONE);
    expect(await findBarriers(page)).toEqual([expect.stringContaining('contrast')]);
  });

  it('leaves the badge to readers without scripts', async () => {
    const { api, page, load } = await setScene(openReader, {
      options: { javaScriptEnabled: false },
      body: '<noscript><img src="BADGE" alt="Visitors of this page"></noscript>',
    });
    await load();
    expect(await page.getByAltText('Visitors of this page').isVisible()).toBe(true);
    expect(api.requests).toEqual([]);
  });
});
