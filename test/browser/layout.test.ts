import { describe, expect, it } from 'vitest';
import { useBrowser } from './support/browser.ts';
import { recordShifts, shiftsOf } from './support/layout-shift.ts';
import { untilRead } from './support/pages.ts';
import { setScene } from './support/scene.ts';

const openReader = useBrowser();

const MANY = '12,346 visitors, 12,346 active in the last hour';

it('a layout shift is detected', async () => {
  const { page, load } = await setScene(openReader, { prepare: recordShifts });
  await load();
  await page.evaluate(() => document.querySelector('h1')?.before(document.createElement('hr')));
  await expect.poll(() => shiftsOf(page)).not.toEqual([]);
});

describe.each([320, 414, 1280])('in a window of %i pixels', (width) => {
  const options = { viewport: { width, height: 600 } };
  // The page reserves two lines, before the script loads and whatever the widget shows.
  const head = '<style>session-counter { display: block; min-height: 2lh }</style>';

  it.each(['up', 'down'] as const)('nothing shifts while the API is %s', async (mood) => {
    const { page, load, api } = await setScene(openReader, {
      prepare: recordShifts,
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

  it('nothing shifts when the numbers become stale', async () => {
    const { page, load, api } = await setScene(openReader, {
      prepare: recordShifts,
      options,
      head,
      others: 12_345,
    });
    await load();
    await untilRead(page, MANY);
    api.mood = 'down';
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await page.locator('session-counter[data-state=stale]').waitFor();
    expect(await shiftsOf(page)).toEqual([]);
  });

  it('nothing shifts after the script has loaded, without any CSS in the page', async () => {
    const { page, load, reader } = await setScene(openReader, {
      prepare: recordShifts,
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

  it('the line breaks and joins when its container narrows, widens or changes', async () => {
    const { page, load } = await setScene(openReader, { options, others: 12_345 });
    const errors: string[] = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    await load();
    await page.locator('session-counter[data-state=live]').waitFor();
    const isBrokenWith = async (change: string): Promise<boolean> => {
      await page.evaluate(change);
      await page.evaluate(() => new Promise((painted) => requestAnimationFrame(painted)));
      const tops = page.getByRole('status').locator('[part=visitors], [part=active]');
      const [visitors = 0, active = 0] = await tops.evaluateAll((parts) =>
        parts.map((part) => part.getBoundingClientRect().top),
      );
      return active > visitors + 4;
    };
    const container = "document.querySelector('main').style";
    expect(await isBrokenWith(`${container}.width = '600px'`)).toBe(false);
    expect(await isBrokenWith(`${container}.width = '280px'`)).toBe(true);
    expect(await isBrokenWith(`${container}.fontSize = '8px'`)).toBe(false);
    expect(await isBrokenWith(`${container}.fontSize = '16px'`)).toBe(true);
    expect(
      await isBrokenWith("document.body.append(document.querySelector('session-counter'))"),
    ).toBe(width < 400);
    expect(errors).toEqual([]);
  });

  it('the page does not scroll horizontally', async () => {
    const { page, load } = await setScene(openReader, {
      prepare: recordShifts,
      options,
      head,
      others: 12_345,
    });
    await load();
    await page.locator('session-counter[data-state=live]').waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  });
});
