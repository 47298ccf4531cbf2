import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { countsOf, runLocalCounter } from '../support/local-counter.ts';
import { useBrowser } from './support/browser.ts';
import { servePage } from './support/pages.ts';
import { serveResumePage } from './support/resume-page.ts';

const openReader = useBrowser();

it('the page shows the history of the real counter, and a reader can delete their session', async () => {
  const { url } = await runLocalCounter();
  const page = await (await openReader()).newPage();
  await page.goto(await serveResumePage(url));
  await page.locator('[part=number]', { hasText: '1' }).first().waitFor();
  // The first load may have read the history before the visit was counted.
  await page.reload();
  await page.locator('.trend[data-state=drawn]').getByText('1 new in 30 days').waitFor();
  await page.getByRole('button', { name: 'Forget me' }).click();
  await page.getByRole('status').getByText('Done: your row is deleted.').waitFor();
  const deleted = { unique_session_count: 1, active_sessions: 0 };
  await expect.poll(() => countsOf(url)).toMatchObject(deleted);
  await setTimeout(500);
  expect(await countsOf(url)).toMatchObject(deleted);
});

it('its badge is an image on any page, even without scripts, and counts no visit', async () => {
  const { url } = await runLocalCounter();
  const reader = await openReader({ javaScriptEnabled: false });
  const page = await reader.newPage();
  const badge = `<noscript><img src="${url}/badge.svg?label=readers" alt="readers"></noscript>`;
  await page.goto(await servePage({ body: badge }));
  const size = await page.getByAltText('readers').boundingBox();
  expect(size?.height).toBe(20);
  expect(await countsOf(url)).toMatchObject({ unique_session_count: 0 });
});
