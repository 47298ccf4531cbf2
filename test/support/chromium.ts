import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Browser, chromium as playwright } from 'playwright-core';

const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/chromium', import.meta.url));

// The arguments that the package suggests would disable web security, including CORS.
const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'];

/**
 * Launches the headless Chromium that comes with npm; uses nothing of the system. Each of `hosts`
 * resolves to this machine, as an attacker's name server could make any of its names do.
 */
export const launchChromium = async (
  hosts: readonly string[] = [],
  moreArguments: readonly string[] = [],
): Promise<Browser> => {
  const rules = hosts.map((host) => `MAP ${host} 127.0.0.1`).join(',');
  const executablePath = await extractChromium();
  // Chromium does not always remove its own temporary files.
  const temporary = mkdtempSync(join(tmpdir(), 'session-counter-chromium-'));
  const browser = await playwright.launch({
    executablePath,
    args: [
      ...[...ARGUMENTS, ...moreArguments],
      ...(rules ? [`--host-resolver-rules=${rules}`] : []),
    ],
    env: { ...process.env, TMPDIR: temporary },
  });
  return browser.on('disconnected', () => rmSync(temporary, { recursive: true, force: true }));
};

// The package extracts to the temporary folder and leaves it there. Here it gets a folder of its own,
// which becomes visible to other workers once it is complete.
const extractChromium = async (): Promise<string> => {
  if (!existsSync(CACHE)) {
    mkdirSync(dirname(CACHE), { recursive: true });
    const draft = mkdtempSync(`${CACHE}-`);
    await extractTo(draft);
    try {
      renameSync(draft, CACHE);
    } catch (error) {
      rmSync(draft, { recursive: true });
      if (!existsSync(CACHE)) throw error;
    }
  }
  return join(CACHE, 'chromium');
};

const EXTRACTOR = fileURLToPath(new URL('extract-chromium.ts', import.meta.url));

const extractTo = (folder: string): Promise<unknown> =>
  promisify(execFile)(process.execPath, [EXTRACTOR], { env: { ...process.env, TMPDIR: folder } });
