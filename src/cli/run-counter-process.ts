import { SYSTEM_CLOCK } from './clock.ts';
import { COMMANDS } from './commands.ts';
import { createConsole } from './console/console.ts';
import { type Program, runCounterCommand } from './run-counter-command.ts';

/**
 * Runs the command that the arguments of this process name, and sets the exit code. SIGINT and
 * SIGTERM abort the command. The help also lists the `programs`, which the caller runs itself. Never
 * rejects.
 */
export const runCounterProcess = async (
  programs?: Readonly<Record<string, Program>>,
): Promise<void> => {
  const abort = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => abort.abort(new Error(signal)));
  }
  process.exitCode = await runCounterCommand(process.argv.slice(2), {
    commands: COMMANDS,
    programs,
    env: process.env,
    signal: abort.signal,
    clock: SYSTEM_CLOCK,
    openConsole: (isJson) => createConsole({ out: process.stdout, err: process.stderr }, isJson),
  });
  // A pending request would keep the process alive until its client times out.
  if (abort.signal.aborted) process.exit();
};
