import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';

// Not the arguments that the package suggests: they switch off web security, all of CORS with it.
const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'];

/**
 * A headless Chromium that comes with npm: nothing of the system is used. Each of `hosts` leads it
 * to this machine, as an attacker's name server may let any name of his.
 */
export const launchChromium = async (hosts: readonly string[] = []): Promise<Browser> => {
  const rules = hosts.map((host) => `MAP ${host} 127.0.0.1`).join(',');
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    args: [...ARGUMENTS, ...(rules ? [`--host-resolver-rules=${rules}`] : [])],
  });
};
