import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import { beforeAll, onTestFinished } from 'vitest';
import { browser as userAgent } from '../../support/browsers.ts';
import { launchChromium } from '../../support/chromium.ts';

/** Opens a separate browser profile, closed after the test. Its user agent is not that of a bot. */
export type OpenReader = (options?: BrowserContextOptions) => Promise<BrowserContext>;

/** Starts Chromium for the tests of a file; each of `hosts` resolves to this machine. */
export const useBrowser = (hosts?: readonly string[]): OpenReader => {
  let started: Browser;
  beforeAll(async () => {
    started = await launchChromium(hosts);
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
