import { describe, expect, it } from 'vitest';
import { useBrowser } from './support/browser.ts';
import { untilRead, untilReadLater } from './support/pages.ts';
import { setScene } from './support/scene.ts';

const openReader = useBrowser();

const ONE = '1 visitor, 1 active in the last hour';

describe('the hidden lines that reserve space', () => {
  it('are neither announced nor copied', async () => {
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

  it('are as wide as the page’s `digits` attribute says', async () => {
    const widthWith = async (attributes: string) => {
      const { page, load } = await setScene(openReader, { attributes });
      await load();
      await untilRead(page, ONE);
      return (await page.locator('session-counter').boundingBox())?.width ?? 0;
    };
    const [three, six, invalid, none] = [
      await widthWith('digits="3"'),
      await widthWith('digits="6"'),
      await widthWith('digits="many"'),
      await widthWith(''),
    ];
    expect(three).toBeLessThan(six - 40);
    expect([invalid, none]).toEqual([six, six]);
  });

  it.each(['9', '-3', '0', '2.5', '1e999', '1e9'])(
    'accept any `digits` attribute without an error: %s',
    async (digits) => {
      const { page, load } = await setScene(openReader, { attributes: `digits="${digits}"` });
      const errors: string[] = [];
      page.on('pageerror', ({ message }) => errors.push(message));
      await load();
      await untilRead(page, ONE);
      expect(errors).toEqual([]);
    },
  );

  it('grow for a number with more digits, which also stays on one line', async () => {
    const { page, load, api } = await setScene(openReader, {
      hasClock: true,
      attributes: 'digits="2"',
    });
    await load();
    await untilRead(page, ONE);
    const heightBefore = (await page.locator('session-counter').boundingBox())?.height;
    api.countsBody = JSON.stringify({
      ...{ unique_session_count: 1_234_567, active_sessions: 1_234, active_window_minutes: 60 },
      as_of: new Date().toISOString(),
    });
    await untilReadLater(page, '1,234,567 visitors, 1,234 active in the last hour');
    expect((await page.locator('session-counter').boundingBox())?.height).toBe(heightBefore);
  });
});
