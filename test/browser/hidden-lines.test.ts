import { describe, expect, it } from 'vitest';
import { useBrowser } from './support/browser.ts';
import { untilRead, untilReadLater } from './support/pages.ts';
import { setScene } from './support/scene.ts';

const openReader = useBrowser();

const ONE = '1 visitor, 1 active in the last hour';

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
    const { page, load, api } = await setScene(openReader, {
      hasClock: true,
      attributes: 'digits="2"',
    });
    await load();
    await untilRead(page, ONE);
    const heightBefore = (await page.locator('session-counter').boundingBox())?.height;
    api.says = JSON.stringify({
      ...{ unique_session_count: 1_234_567, active_sessions: 1_234, active_window_minutes: 60 },
      as_of: new Date().toISOString(),
    });
    await untilReadLater(page, '1,234,567 visitors, 1,234 active in the last hour');
    expect((await page.locator('session-counter').boundingBox())?.height).toBe(heightBefore);
  });
});
