import { SYSTEM_CLOCK } from './clock.ts';
import { COMMANDS } from './commands.ts';
import { createConsole } from './console/console.ts';
import { surviveLostOutput } from './console/survive-lost-output.ts';
import { EXIT } from './exit-code.ts';
import { type Program, runCounterCommand } from './run-counter-command.ts';

/**
 * Runs the command that the arguments of this process name, and sets the exit code. SIGINT and
 * SIGTERM abort the command; if standard output is lost, the exit code is that of a failure. The help also lists the `programs`, which the caller runs itself. Never
 * rejects.
 */
export const runCounterProcess = async (
  programs?: Readonly<Record<string, Program>>,
): Promise<void> => {
  const abort = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => abort.abort(new Error(signal)));
  }
  const streams = { out: process.stdout, err: process.stderr };
  const isJson = process.argv.includes('--json');
  let isLost = false;
  surviveLostOutput(streams, (message) => {
    isLost = true;
    process.exitCode = EXIT.failed;
    createConsole(streams, isJson).error(message);
  });
  const code = await runCounterCommand(process.argv.slice(2), {
    commands: COMMANDS,
    programs,
    env: process.env,
    signal: abort.signal,
    clock: SYSTEM_CLOCK,
    openConsole: () => createConsole(streams, isJson),
  });
  // The error of the last write comes after the command, or before.
  process.exitCode = isLost ? EXIT.failed : code;
  // A pending request would keep the process alive until its client times out.
  if (abort.signal.aborted) process.exit();
};
