import { describe, expect, it } from 'vitest';
import { useBrowser } from './support/browser.ts';
import { followShifts, shiftsOf } from './support/layout-shift.ts';
import { textOf, untilRead } from './support/pages.ts';
import { setScene } from './support/scene.ts';

const openReader = useBrowser();

const MANY = '12,346 visitors, 12,346 active in the last hour';

it('a page that moves is noticed', async () => {
  const { page, load } = await setScene(openReader, { prepare: followShifts });
  await load();
  await page.evaluate(() => document.querySelector('h1')?.before(document.createElement('hr')));
  await expect.poll(() => shiftsOf(page)).not.toEqual([]);
});

describe.each([320, 414, 1280])('in a window of %i pixels', (width) => {
  const options = { viewport: { width, height: 600 } };
  // The room of two lines, kept by the page until the script comes, and whatever it shows.
  const head = '<style>session-counter { display: block; min-height: 2lh }</style>';

  it.each(['up', 'down'] as const)('nothing moves while the API is %s', async (mood) => {
    const { page, load, api } = await setScene(openReader, {
      prepare: followShifts,
      options,
      head,
      others: 12_345,
    });
    Object.assign(api, { mood, delay: 100 });
    await load();
    const state = mood === 'up' ? 'live' : 'missing';
    await page.locator(`session-counter[data-state=${state}]`).waitFor();
    expect(await shiftsOf(page)).toEqual([]);
  });

  it('nothing moves when the numbers go stale', async () => {
    const { page, load, api } = await setScene(openReader, {
      prepare: followShifts,
      options,
      head,
      others: 12_345,
    });
    await load();
    await untilRead(page, width < 400 ? MANY.replace(', ', ',\n') : MANY);
    api.mood = 'down';
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await page.locator('session-counter[data-state=stale]').waitFor();
    expect(await shiftsOf(page)).toEqual([]);
  });

  it('nothing moves once the script is there, without a word of CSS in the page', async () => {
    const { page, load, reader } = await setScene(openReader, {
      prepare: followShifts,
      options,
      others: 12_345,
    });
    await reader.addInitScript(() =>
      customElements
        .whenDefined('session-counter')
        .then(() => setTimeout('shifts.length = 0', 100)),
    );
    await page.route('**/counts', (route) => setTimeout(() => route.continue(), 200));
    await load();
    await page.locator('session-counter[data-state=live]').waitFor();
    expect(await shiftsOf(page)).toEqual([]);
  });

  it('it breaks and joins again as its place gets narrower and wider, or another', async () => {
    const { page, load } = await setScene(openReader, { options, others: 12_345 });
    const faults: string[] = [];
    page.on('pageerror', ({ message }) => faults.push(message));
    await load();
    await page.locator('session-counter[data-state=live]').waitFor();
    const readWith = async (change: string): Promise<string> => {
      await page.evaluate(change);
      await page.evaluate(() => new Promise((painted) => requestAnimationFrame(painted)));
      return textOf(page);
    };
    const broken = MANY.replace(', ', ',\n');
    const place = "document.querySelector('main').style";
    expect(await readWith(`${place}.width = '600px'`)).toBe(MANY);
    expect(await readWith(`${place}.width = '280px'`)).toBe(broken);
    expect(await readWith(`${place}.fontSize = '8px'`)).toBe(MANY);
    expect(await readWith(`${place}.fontSize = '16px'`)).toBe(broken);
    expect(await readWith("document.body.append(document.querySelector('session-counter'))")).toBe(
      width < 400 ? broken : MANY,
    );
    expect(faults).toEqual([]);
  });

  it('nothing has to be scrolled sideways', async () => {
    const { page, load } = await setScene(openReader, {
      prepare: followShifts,
      options,
      head,
      others: 12_345,
    });
    await load();
    await page.locator('session-counter[data-state=live]').waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  });
});
