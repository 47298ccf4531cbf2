import { connectToAws } from '../../infra/deployment/aws.ts';
import { runCdk } from '../../infra/deployment/run-cdk.ts';
import { SYSTEM_CLOCK } from '../../src/cli/clock.ts';
import { createConsole } from '../../src/cli/console/console.ts';
import { runCommand } from '../../src/cli/run-command.ts';
import { createObserveCommand } from './observe-command.ts';

const abort = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => abort.abort(new Error(signal)));
}

const given = process.argv.slice(2);
const args = given.filter((arg) => arg !== '--json');
const console = createConsole(
  { out: process.stdout, err: process.stderr },
  args.length < given.length,
);
const command = createObserveCommand({ connect: connectToAws, cdk: runCdk });

if (args.includes('--help')) console.print(command.help, { help: command.help });
else
  process.exitCode = await runCommand(command, args, {
    ...{ console, env: process.env, signal: abort.signal, clock: SYSTEM_CLOCK },
  });

// A pending request would keep the process running until its client times out.
if (abort.signal.aborted) process.exit();
