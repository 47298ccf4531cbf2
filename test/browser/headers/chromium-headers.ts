import type { Browser, Page } from 'playwright-core';
import { chrome } from '../../support/browsers.ts';
import { launchChromium } from '../../support/chromium.ts';
import type { HeaderSet } from '../../support/header-sets/header-set.ts';
import type { HeaderServer } from './header-server.ts';
import { OTHER_WAYS } from './header-server.ts';

const SITE = 'site.example';
const COUNTER = 'counter.example';

const WIDGET = 'the widget';
const LIKE_CHROME = 'headless, user agent, client hints and languages set by the driver';

interface Driver {
  readonly name: string;
  readonly args?: (major: string) => string[];
  readonly userAgent?: (major: string) => string;
  readonly prepare?: (page: Page, major: string) => Promise<unknown>;
}

const override = async (page: Page, parameters: object): Promise<void> => {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.setUserAgentOverride', parameters as { userAgent: string });
};

const brandsOf = (major: string) => [
  { brand: 'Chromium', version: major },
  { brand: 'Google Chrome', version: major },
  { brand: 'Not_A Brand', version: '24' },
];

const METADATA = { platform: 'Linux', platformVersion: '', architecture: '', model: '' };

/** From the one that hides nothing to the one whose headers are those of Chrome. */
const DRIVERS: readonly Driver[] = [
  { name: 'headless, with its own user agent' },
  {
    name: 'headless, started with --user-agent',
    args: (major) => [`--user-agent=${chrome(Number(major))}`],
  },
  {
    name: 'headless, user agent set by the driver without client hints',
    prepare: (page, major) => override(page, { userAgent: chrome(Number(major)) }),
  },
  { name: 'headless, user agent set by Playwright', userAgent: (major) => chrome(Number(major)) },
  {
    name: LIKE_CHROME,
    prepare: (page, major) =>
      override(page, {
        ...{ userAgent: chrome(Number(major)), acceptLanguage: 'en-GB,en' },
        userAgentMetadata: { ...METADATA, brands: brandsOf(major), mobile: false },
      }),
  },
];

/** The headers of visits from Chromium, by how it is driven, from where to where, and how the page sends them. */
export const recordChromium = async (server: HeaderServer): Promise<HeaderSet[]> => {
  const sets: HeaderSet[] = [];
  for (const driver of DRIVERS) {
    const args = driver.args ?? (() => []);
    await using probe = await launchChromium();
    const [major = ''] = probe.version().split('.');
    await using browser = await launchChromium([SITE, COUNTER], args(major));
    sets.push(...(await recordDriver(browser, driver, server)));
  }
  return sets;
};

const recordDriver = async (
  browser: Browser,
  { name, userAgent, prepare }: Driver,
  server: HeaderServer,
): Promise<HeaderSet[]> => {
  const sets: HeaderSet[] = [];
  const [major = ''] = browser.version().split('.');
  for (const [route, { from, to }] of Object.entries(routesTo(server))) {
    const context = await browser.newContext({
      ignoreHTTPSErrors: true,
      ...(userAgent && { userAgent: userAgent(major) }),
    });
    const page = await context.newPage();
    await prepare?.(page, major);
    for (const [way, headers] of await visit(page, `${from}/page?api=${to}`, server)) {
      // The way makes the same difference however the browser is driven.
      if (way !== WIDGET && name !== LIKE_CHROME) continue;
      sets.push({ client: `Chromium ${browser.version()}, ${name}: ${way}, ${route}`, headers });
    }
    await context.close();
  }
  return sets;
};

// Chromium trusts HTTPS and localhost, and sends `sec-*` to nothing else.
const routesTo = ({ httpPort, httpsPort }: HeaderServer) => ({
  'HTTPS, same origin': at(`https://${COUNTER}:${httpsPort}`),
  'HTTPS, cross origin': at(`https://${COUNTER}:${httpsPort}`, `https://${SITE}:${httpsPort}`),
  'HTTP to localhost': at(`http://localhost:${httpPort}`),
  'HTTP to a name': at(`http://${COUNTER}:${httpPort}`, `http://${SITE}:${httpPort}`),
});

const at = (to: string, from = to) => ({ from, to });

const visit = async (
  page: Page,
  url: string,
  { received }: HeaderServer,
): Promise<[string, Record<string, string>][]> => {
  received.clear();
  await page.goto(url);
  const ways = Object.entries({
    [WIDGET]: '/sessions',
    ...Object.fromEntries(
      Object.keys(OTHER_WAYS).map((way) => [way, `/sessions?way=${encodeURIComponent(way)}`]),
    ),
  });
  while (ways.some(([, path]) => !received.has(path))) await page.waitForTimeout(25);
  return ways.map(([way, path]) => [way, received.get(path) ?? {}]);
};
