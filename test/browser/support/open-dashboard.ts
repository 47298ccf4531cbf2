import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import type { LocalCloudWatch } from '../../../src/local/cloudwatch/local-cloudwatch.ts';
import type { ShownDashboard } from '../../../src/local/dashboard/dashboard-data.ts';
import { DASHBOARD_PATH } from '../../../src/local/dashboard/dashboard-routes.ts';
import { createBlogCloudWatch, readBlogDashboard } from './blog-dashboard.ts';
import type { OpenReader } from './browser.ts';
import { type DashboardScene, serveDashboard } from './dashboard-scene.ts';
import { playScript } from './scripted-day.ts';

/** The end of the data, in milliseconds since 1970. */
export const END = Date.parse('2026-11-27T18:00:00Z');

const HOUR = 3_600_000;

let cloudWatch: LocalCloudWatch | undefined;

// Eleven minutes without the projector, which ended just now: the alarm stream-behind has gone off.
const playOnce = (): LocalCloudWatch => {
  if (cloudWatch) return cloudWatch;
  cloudWatch = createBlogCloudWatch();
  playScript(cloudWatch, { end: END, minutes: 40, outage: { before: 14, minutes: 11 } });
  return cloudWatch;
};

/** What the page gets of the last forty minutes, with one alarm. */
export const shown = (rangeMs = HOUR): ShownDashboard =>
  readBlogDashboard(playOnce(), END + 1_000, rangeMs);

/** A dashboard in a browser. */
export interface OpenDashboard {
  readonly scene: DashboardScene;
  readonly page: Page;
  /** Errors, and what the page writes to the console. */
  readonly messages: readonly string[];
}

/** Opens the dashboard of `shown`; `scene.read` is what its next refresh gets. */
export const openDashboard = async (
  openReader: OpenReader,
  options: BrowserContextOptions = {},
  query = '',
): Promise<OpenDashboard> => {
  const scene = await serveDashboard(shown);
  const reader = await openReader({ timezoneId: 'UTC', reducedMotion: 'reduce', ...options });
  const page = await reader.newPage();
  const messages: string[] = [];
  page.on('pageerror', ({ message }) => messages.push(message));
  page.on('console', (message) => messages.push(message.text()));
  await page.clock.install();
  await page.goto(`${scene.url}${DASHBOARD_PATH}${query}`);
  await page.locator('.widget').first().waitFor();
  return { scene, page, messages };
};

/** Lets the page read again, and waits until it has. */
export const refresh = async (page: Page, { untilRead }: DashboardScene): Promise<void> => {
  const read = untilRead();
  await page.clock.runFor(5_000);
  await read;
};

/** The chart with that title. */
export const chart = (page: Page, title: string): Locator =>
  page.locator('.chart').filter({ has: page.getByRole('heading', { name: title, exact: true }) });
