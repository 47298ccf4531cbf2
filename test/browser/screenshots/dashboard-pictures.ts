import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { buildDashboardPage } from '../../../src/local/dashboard/dashboard-bundle.ts';
import { createDashboardRoutes } from '../../../src/local/dashboard/dashboard-routes.ts';
import { createBlogCloudWatch, readBlogDashboard } from '../support/blog-dashboard.ts';
import { playScript } from '../support/scripted-day.ts';

const NOW = Date.parse('2026-11-27T17:00:20Z');
const MINUTE_MS = 60_000;

/** Takes the pictures of the dashboard of a scripted day, light and dark, into `docs/`. */
export const takeDashboardPictures = async (browser: Browser): Promise<void> => {
  const page = await buildDashboardPage();
  const cloudWatch = createBlogCloudWatch();
  playScript(cloudWatch, { end: Math.floor(NOW / MINUTE_MS) * MINUTE_MS, minutes: 24 * 60 });
  const routes = createDashboardRoutes({
    read: (rangeMs) => readBlogDashboard(cloudWatch, NOW, rangeMs),
    loadPage: async () => ({ ...page, style: page.style + FONT }),
  });
  const server = createServer(async ({ method, url = '' }, response) => {
    const answer = await routes({ method, path: url.replace(/\?.*/, ''), query: '' });
    response.writeHead(answer?.statusCode ?? 404, answer?.headers).end(answer?.body);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    for (const scheme of ['light', 'dark'] as const) {
      await takePicture(browser, `http://localhost:${port}/dashboard`, scheme);
    }
  } finally {
    server.closeAllConnections();
    server.close();
  }
};

// The system font of the page differs from machine to machine; npm installs this one, in the weights of the page.
const FONT = [300, 400, 500, 600]
  .map((weight) => {
    const file = `@fontsource/inter/files/inter-latin-${weight}-normal.woff2`;
    const bytes = readFileSync(createRequire(import.meta.url).resolve(file)).toString('base64');
    return `@font-face{font-family:Inter;font-weight:${weight};src:url(data:font/woff2;base64,${bytes})}`;
  })
  .concat(':root{--sans:Inter}')
  .join('\n');

const SIZE = { width: 1280, height: 874 };

const takePicture = async (
  browser: Browser,
  url: string,
  colorScheme: 'light' | 'dark',
): Promise<void> => {
  // The policy of the page allows no font from elsewhere.
  const reader = await browser.newContext({
    ...{ colorScheme, bypassCSP: true, viewport: SIZE, deviceScaleFactor: 1.5 },
    ...{ locale: 'en-GB', timezoneId: 'UTC', reducedMotion: 'reduce' },
  });
  const page = await reader.newPage();
  await page.goto(url);
  await page.locator('.chart canvas').first().waitFor();
  await drawWithFont(page);
  // The numbers and the first charts, without the text above them.
  await page.evaluate(() => {
    const [top = 0, head = 0] = ['.single', 'header'].map((selector) => {
      const { y, height } = document.querySelector(selector)?.getBoundingClientRect() ?? {};
      return selector === 'header' ? height : y;
    });
    scrollTo(0, top - head - 4);
  });
  await page.screenshot({ path: `docs/dashboard-${colorScheme}.png` });
  await reader.close();
};

// A canvas keeps the font that it was drawn with, and is drawn again when its size changes.
const drawWithFont = async (page: Page): Promise<void> => {
  await page.evaluate(() => document.fonts.ready);
  await page.setViewportSize({ ...SIZE, width: SIZE.width - 80 });
  await page.evaluate(() => new Promise((painted) => requestAnimationFrame(painted)));
  await page.setViewportSize(SIZE);
  await page.waitForTimeout(500);
};
