import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import { beforeAll, onTestFinished } from 'vitest';
import { browser as userAgent } from '../../support/browsers.ts';
import { launchChromium } from './chromium.ts';

/** A browser profile of its own, closed after the test. A headless one calls itself a bot. */
export type OpenReader = (options?: BrowserContextOptions) => Promise<BrowserContext>;

/** Starts Chromium for the tests of a file; each of `hosts` leads it to this machine. */
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
