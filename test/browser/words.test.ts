import { describe, expect, it } from 'vitest';
import { useBrowser } from './support/browser.ts';
import { textOf, untilNextRead, untilRead, untilReadLater } from './support/pages.ts';
import { setScene } from './support/scene.ts';

const openReader = useBrowser();

const ONE = '1 visitor, 1 active in the last hour';

describe('the words', () => {
  it('have a singular and a plural', async () => {
    const { page, load, api } = await setScene(openReader, { hasClock: true });
    await load();
    await untilRead(page, ONE);
    api.visitors.add('another visitor');
    await untilReadLater(page, '2 visitors, 2 active in the last hour');
  });

  it('format numbers for the reader’s locale', async () => {
    const { page, load } = await setScene(openReader, {
      others: 12_345,
      options: { locale: 'de-DE' },
    });
    await load();
    await untilRead(page, '12.346 visitors, 12.346 active in the last hour');
  });

  it('name a window other than an hour', async () => {
    const { page, load, api } = await setScene(openReader, {});
    api.activeWindowMinutes = 30;
    await load();
    await untilRead(page, '1 visitor, 1 active in the last 30 minutes');
  });

  it('may omit the number', async () => {
    const { page, load } = await setScene(openReader, { attributes: 'visitors-1="Only you, "' });
    await load();
    await untilRead(page, 'Only you, 1 active in the last hour');
  });

  it.each([
    {
      attributes: 'visitors="Besucher: #" active=", davon # jetzt"',
      text: 'Besucher: 1, davon 1 jetzt',
    },
    { attributes: 'visitors="#" active="\n #"', text: '1 1' },
    { attributes: 'visitors="# of #; " active="@: #, # (@)"', text: '1 of 1; hour: 1, 1 (hour)' },
    { attributes: 'visitors="me@here" active=""', text: 'me@here' },
    { attributes: 'visitors="" active="# constructor"', text: '1 constructor' },
    { attributes: 'visitors="#位访客，" active="#位在线"', text: '1位访客，1位在线' },
  ])('may have numbers and times in any place: $text', async ({ attributes, text }) => {
    const own = `${attributes} visitors-1="${/visitors="([^"]*)"/.exec(attributes)?.[1]}"`;
    const { page, load } = await setScene(openReader, { hasClock: true, attributes: own });
    await load();
    await untilRead(page, text);
    // Screen readers announce replaced text, so the next read must keep the same element.
    await page.evaluate(() => {
      const status = document.querySelector('session-counter')?.shadowRoot?.querySelector('[role]');
      Reflect.set(window, 'text', status?.firstChild);
    });
    await untilNextRead(page);
    expect(await page.evaluate('window.text.isConnected')).toBe(true);
  });

  it('use the reader’s digits, also in the hidden lines', async () => {
    const { page, load } = await setScene(openReader, { options: { locale: 'ar-EG' } });
    await load();
    await untilRead(page, '١ visitor, ١ active in the last hour');
    const kept = await page.evaluate(() =>
      [
        ...(document
          .querySelector('session-counter')
          ?.shadowRoot?.querySelectorAll('[part=number]') ?? []),
      ].map(({ textContent }) => textContent),
    );
    expect(kept).toEqual([
      '١',
      '١',
      ...['٤٠٠٬٠٠٠', '٤٤٤٬٤٤٤', '٨٨٨٬٨٨٨'].flatMap((it) => [it, it]),
    ]);
  });

  it('that begin with a space break without that space', async () => {
    const { page, load, api } = await setScene(openReader, {
      attributes: 'visitors="# Gäste" visitors-1="# Gast" active=" (# in der letzten Stunde)"',
      options: { viewport: { width: 200, height: 600 } },
    });
    api.delay = 300;
    await load();
    await untilRead(page, '– Gäste (– in der letzten Stunde)');
    await untilRead(page, '1 Gast (1 in der letzten Stunde)');
  });

  it('can all be replaced by the page owner', async () => {
    const { page, load, api } = await setScene(openReader, {
      hasClock: true,
      attributes: `visitors="# Gäste" visitors-1="# Gast" active=" (# in der letzten Stunde)"
        stale=" (# um @ Uhr)" ignored=" – ohne Sie"`,
      options: { locale: 'de-DE' },
    });
    await load();
    await untilRead(page, '1 Gast (1 in der letzten Stunde)');
    api.visitors.add('another visitor');
    await untilReadLater(page, '2 Gäste (2 in der letzten Stunde)');
    api.mood = 'down';
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await page.evaluate(() => {
      location.hash = '#session-counter=ignore';
    });
    await expect.poll(() => textOf(page)).toMatch(/^2 Gäste \(2 um \d\d:\d\d Uhr\) – ohne Sie$/);
  });
});
