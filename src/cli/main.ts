#!/usr/bin/env node
import { SYSTEM_CLOCK } from './clock.ts';
import { COMMANDS } from './commands.ts';
import { createConsole } from './console/console.ts';
import { runCounterCommand } from './run-counter-command.ts';

const abort = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => abort.abort(new Error(signal)));
}

process.exitCode = await runCounterCommand(process.argv.slice(2), {
  commands: COMMANDS,
  env: process.env,
  signal: abort.signal,
  clock: SYSTEM_CLOCK,
  openConsole: (isJson) => createConsole({ out: process.stdout, err: process.stderr }, isJson),
});

// A pending request would keep the process alive until its client times out.
if (abort.signal.aborted) process.exit();
