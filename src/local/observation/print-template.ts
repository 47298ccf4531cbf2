import { type ExecFileException, execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { ObservedSettings } from './observed-settings.ts';

const run = promisify(execFile);

const MAX_BYTES = 10_000_000;
// A hundred times as long as it takes.
const MAX_MS = 120_000;

/**
 * Runs the script in a process of its own, so that nothing of the CDK stays in this one, and returns what it prints for
 * these settings. Throws an Error that says what a script that fails wrote to standard error, or that it took too long.
 */
export const printTemplate =
  (script: string, maxMs = MAX_MS) =>
  async (settings: ObservedSettings, signal: AbortSignal): Promise<string> => {
    const args = [script, JSON.stringify(settings)];
    const running = run(process.execPath, args, { signal, maxBuffer: MAX_BYTES });
    // The script finishes its work when it is asked to end, so only this ends one that hangs.
    const timer = setTimeout(() => running.child.kill('SIGKILL'), maxMs);
    try {
      return (await running).stdout;
    } catch (cause) {
      const { message, stderr, signal: killedBy } = cause as ExecFileException;
      const reason = killedBy === 'SIGKILL' ? `it took longer than ${maxMs / 1_000} s` : message;
      throw new Error(`The template cannot be synthesized: ${stderr || reason}`, { cause });
    } finally {
      clearTimeout(timer);
    }
  };
