import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { countsOf, runLocalCounter } from '../support/local-counter.ts';
import { useBrowser } from './support/browser.ts';
import { servePage } from './support/pages.ts';
import { serveResumePage } from './support/resume-page.ts';

const openReader = useBrowser();

it('the page tells the history of the real counter, which forgets a reader who asks for it', async () => {
  const { url } = await runLocalCounter();
  const page = await (await openReader()).newPage();
  await page.goto(await serveResumePage(url));
  await page.locator('[part=number]', { hasText: '1' }).first().waitFor();
  // The history was read while the first visit was on its way.
  await page.reload();
  await page.locator('.trend[data-state=drawn]').getByText('1 new in 30 days').waitFor();
  await page.getByRole('button', { name: 'Forget me' }).click();
  await page.getByRole('status').getByText('Done: your row is deleted.').waitFor();
  const forgotten = { unique_session_count: 1, active_sessions: 0 };
  await expect.poll(() => countsOf(url)).toMatchObject(forgotten);
  await setTimeout(500);
  expect(await countsOf(url)).toMatchObject(forgotten);
});

it('its badge is a picture on any page, also where scripts do not run, and counts no visit', async () => {
  const { url } = await runLocalCounter();
  const reader = await openReader({ javaScriptEnabled: false });
  const page = await reader.newPage();
  const badge = `<noscript><img src="${url}/badge.svg?label=readers" alt="readers"></noscript>`;
  await page.goto(await servePage({ body: badge }));
  const size = await page.getByAltText('readers').boundingBox();
  expect(size?.height).toBe(20);
  expect(await countsOf(url)).toMatchObject({ unique_session_count: 0 });
});
