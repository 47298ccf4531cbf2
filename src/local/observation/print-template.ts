import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { ObservedSettings } from './observed-settings.ts';

const run = promisify(execFile);

const MAX_BYTES = 10_000_000;

/**
 * Runs the script in a process of its own, so that nothing of the CDK stays in this one, and returns what it prints for
 * these settings. Throws an Error with the output of a script that fails.
 */
export const printTemplate =
  (script: string) =>
  async (settings: ObservedSettings, signal: AbortSignal): Promise<string> => {
    const args = [script, JSON.stringify(settings)];
    const { stdout } = await run(process.execPath, args, { signal, maxBuffer: MAX_BYTES });
    return stdout;
  };
