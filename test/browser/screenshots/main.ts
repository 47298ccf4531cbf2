/**
 * Takes the screenshots for the README: the real page on the real counter, with made-up visitors, and the dashboard of
 * a scripted day.
 */
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { openDatabase } from '../../../src/local/database.ts';
import { startLocalCounter } from '../../../src/local/local-counter.ts';
import { buildWidget } from '../../../src/local/widget-bundle.ts';
import { upsertSession } from '../../../src/tables/upsert-session.ts';
import { browser as userAgent } from '../../support/browsers.ts';
import { launchChromium } from '../../support/chromium.ts';
import { takeDashboardPictures } from './dashboard-pictures.ts';
import { madeUpVisits } from './made-up-visits.ts';

const TABLES = { SESSIONS_TABLE: 'sessions', COUNTS_TABLE: 'counts' };
const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };

const PICTURES: Record<string, BrowserContextOptions> = {
  'page-light': { viewport: DESKTOP, colorScheme: 'light' },
  'page-dark': { viewport: DESKTOP, colorScheme: 'dark' },
  'page-mobile': { viewport: PHONE, colorScheme: 'light' },
};

const takePictures = async (browser: Browser, url: string, total: number): Promise<void> => {
  for (const [name, options] of Object.entries(PICTURES)) {
    const look = { ...options, deviceScaleFactor: 2, reducedMotion: 'reduce' as const };
    const reader = await browser.newContext({ userAgent: userAgent(), locale: 'en-GB', ...look });
    const page = await reader.newPage();
    await page.goto(url);
    await page.locator('.trend[data-state=drawn]').waitFor();
    await page.locator('[part=number]', { hasText: `${total}` }).waitFor();
    await page.screenshot({ path: `docs/${name}.png` });
    await reader.close();
  }
};

const counter = await startLocalCounter({
  ...{ port: 0, dataFolder: undefined, pageFolder: 'examples/resume' },
  loadWidget: buildWidget,
  env: TABLES,
});
try {
  const { client } = await openDatabase(counter.endpoint, TABLES);
  const visits = madeUpVisits(Date.now());
  for (const visit of visits) await upsertSession(client, TABLES.SESSIONS_TABLE, visit);
  await using browser = await launchChromium();
  await takePictures(browser, counter.url, visits.length + 1);
  await takeDashboardPictures(browser);
} finally {
  await counter.stop();
}
