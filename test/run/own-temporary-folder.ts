import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Gives the whole test run a temporary folder of its own, which every worker and child process
 * inherits as TMPDIR, or as TEMP on Windows. When the run ends, throws an error that names what a test
 * left there, then removes the folder. Vitest calls it as a global setup.
 */
export const setup = (): (() => void) => {
  const folder = mkdtempSync(join(tmpdir(), 'session-counter-tests-'));
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = folder;
  return () => {
    const left = readdirSync(folder);
    rmSync(folder, { recursive: true, force: true });
    if (left.length > 0) throw new Error(`Tests left files behind: ${left.join(', ')}`);
  };
};
