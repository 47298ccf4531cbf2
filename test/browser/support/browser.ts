import chromium from '@sparticuz/chromium';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium as playwright,
} from 'playwright-core';
import { beforeAll, onTestFinished } from 'vitest';
import { browser as userAgent } from '../../support/browsers.ts';

// Not the arguments that the package suggests: they switch off web security, all of CORS with it.
const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'];

/** A browser profile of its own, closed after the test. A headless one calls itself a bot. */
export type OpenReader = (options?: BrowserContextOptions) => Promise<BrowserContext>;

/** Starts Chromium for the tests of a file. */
export const useBrowser = (): OpenReader => {
  let started: Browser;
  beforeAll(async () => {
    started = await launchChromium();
    return () => started.close();
  });
  return async (options) => {
    const reader = await started.newContext({
      userAgent: userAgent(),
      locale: 'en-US',
      ...options,
    });
    reader.setDefaultTimeout(5_000);
    onTestFinished(() => reader.close());
    return reader;
  };
};

/** A Chromium that comes with npm: nothing of the system is used. */
export const launchChromium = async (): Promise<Browser> =>
  playwright.launch({ executablePath: await chromium.executablePath(), args: ARGUMENTS });
