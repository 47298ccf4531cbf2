import { describe, expect, it } from 'vitest';
import { useBrowser } from './support/browser.ts';
import { textOf, untilRead } from './support/pages.ts';
import { setScene } from './support/scene.ts';

const openReader = useBrowser();

const ONE = '1 visitor, 1 active in the last hour';

describe('the words', () => {
  it('have a singular and a plural', async () => {
    const { page, load, api } = await setScene(openReader, {});
    await load();
    await untilRead(page, ONE);
    api.visitors.add('somebody else');
    await untilRead(page, '2 visitors, 2 active in the last hour');
  });

  it('have numbers as the reader writes them', async () => {
    const { page, load } = await setScene(openReader, {
      others: 12_345,
      options: { locale: 'de-DE' },
    });
    await load();
    await untilRead(page, '12.346 visitors, 12.346 active in the last hour');
  });

  it('say another window than an hour', async () => {
    const { page, load, api } = await setScene(openReader, {});
    api.activeWindowMinutes = 30;
    await load();
    await untilRead(page, '1 visitor, 1 active in the last 30 minutes');
  });

  it('may be about one number without telling it', async () => {
    const { page, load } = await setScene(openReader, { attributes: 'visitors-1="Only you, "' });
    await load();
    await untilRead(page, 'Only you, 1 active in the last hour');
  });

  it('are all the page owner’s, if they like', async () => {
    const { page, load, api } = await setScene(openReader, {
      attributes: `visitors="# Gäste" visitors-1="# Gast" active=" (# in der letzten Stunde)"
        stale=" (# um @ Uhr)" ignored=" – ohne Sie"`,
      options: { locale: 'de-DE' },
    });
    await load();
    await untilRead(page, '1 Gast (1 in der letzten Stunde)');
    api.visitors.add('somebody else');
    await untilRead(page, '2 Gäste (2 in der letzten Stunde)');
    api.mood = 'down';
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await page.evaluate(() => {
      location.hash = '#session-counter=ignore';
    });
    await expect.poll(() => textOf(page)).toMatch(/^2 Gäste \(2 um \d\d:\d\d Uhr\) – ohne Sie$/);
  });
});
