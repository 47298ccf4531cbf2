import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { chrome } from '../support/browsers.ts';
import { runLocalCounter } from '../support/local-counter.ts';
import { useBrowser } from './support/browser.ts';
import { oneLine, servePage } from './support/pages.ts';

const openReader = useBrowser();

/** The response to the widget's visit, when a page with it is opened. */
const visitWith = async (page: Page): Promise<unknown> => {
  const { url } = await runLocalCounter();
  const [response] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === 'POST'),
    page.goto(await servePage({ body: oneLine(url) })),
  ]);
  return response.json();
};

it('the headers of the installed Chromium are not those of a script', async () => {
  const page = await (await openReader()).newPage();
  // Without client hints, which would say that it is headless.
  const session = await page.context().newCDPSession(page);
  await session.send('Network.setUserAgentOverride', { userAgent: chrome() });
  expect(await visitWith(page)).toEqual({ counted: true });
});

it('a headless Chromium that only changes its user agent is not counted', async () => {
  const page = await (await openReader({ userAgent: chrome() })).newPage();
  expect(await visitWith(page)).toEqual({ counted: false, reason: 'automation' });
});
