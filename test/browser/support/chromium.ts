import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';

// Not the arguments that the package suggests: they switch off web security, all of CORS with it.
const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'];

/** A headless Chromium that comes with npm: nothing of the system is used. */
export const launchChromium = async (): Promise<Browser> =>
  playwright.launch({ executablePath: await chromium.executablePath(), args: ARGUMENTS });
