import type { BrowserContext, BrowserContextOptions } from 'playwright-core';
import type { OpenReader } from './browser.ts';
import { startFakeApi } from './fake-api.ts';
import { oneLine, type Site, servePage } from './pages.ts';

/** A page to test. */
export interface Scene extends Site {
  readonly options?: BrowserContextOptions;
  /** The element's attributes. */
  readonly attributes?: string;
  /** How many visitors were counted before this one. */
  readonly others?: number;
  readonly prepare?: (reader: BrowserContext) => unknown;
  /** Whether the page's clock can jump. */
  readonly hasClock?: boolean;
}

/** A page with the counter in the middle of its text; `load` loads it. */
export const setScene = async (
  openReader: OpenReader,
  { options, attributes = '', others = 0, prepare, hasClock = false, ...site }: Scene,
) => {
  const api = await startFakeApi();
  for (let number = 0; number < others; number += 1) api.visitors.add(`visitor ${number}`);
  const element = oneLine(api.url).replace('<session-counter', `<session-counter ${attributes}`);
  const address = await servePage({ body: `<p>Before.</p>${element}<p>After.</p>`, ...site });
  const reader = await openReader(options);
  await prepare?.(reader);
  const page = await reader.newPage();
  if (hasClock) await page.clock.install();
  return { api, reader, page, load: () => page.goto(address) };
};
