import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { ObservedSettings } from './observed-settings.ts';

const run = promisify(execFile);

const MAX_BYTES = 10_000_000;

/**
 * Runs the script in a process of its own, so that nothing of the CDK stays in this one, and returns what it prints for
 * these settings. Throws an Error that says what a script that fails wrote to standard error.
 */
export const printTemplate =
  (script: string) =>
  async (settings: ObservedSettings, signal: AbortSignal): Promise<string> => {
    const args = [script, JSON.stringify(settings)];
    try {
      return (await run(process.execPath, args, { signal, maxBuffer: MAX_BYTES })).stdout;
    } catch (cause) {
      const { message, stderr } = cause as Error & { readonly stderr?: string };
      throw new Error(`The template cannot be synthesized: ${stderr || message}`, { cause });
    }
  };
