import type { Environment } from '../settings/readers.ts';
import type { Command } from './command.ts';
import type { Console } from './console/console.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { runCommand } from './run-command.ts';

export interface CounterCommandContext {
  readonly commands: Readonly<Record<string, Command>>;
  readonly env: Environment;
  readonly signal: AbortSignal;
  readonly openConsole: (isJson: boolean) => Console;
}

/** Runs `npm run counter -- ARGS`; never rejects. */
export const runCounterCommand = async (
  args: string[],
  { commands, env, signal, openConsole }: CounterCommandContext,
): Promise<ExitCode> => {
  const [name, ...rest] = args.filter((arg) => arg !== '--json');
  const console = openConsole(args.includes('--json'));
  const help = overview(commands);
  if (name === undefined || name === '--help' || name === 'help') {
    console.answer(help, { commands: Object.keys(commands) });
    return name === undefined ? EXIT.usage : EXIT.ok;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    console.problem(`There is no command "${name}".\n\n${help}`);
    return EXIT.usage;
  }
  if (!rest.includes('--help')) return runCommand(command, rest, { env, console, signal });
  console.answer(command.help, { help: command.help });
  return EXIT.ok;
};

const overview = (commands: Readonly<Record<string, Command>>): string => {
  const lines = Object.entries(commands).map(
    ([name, { summary }]) => `  ${name.padEnd(9)} ${summary}`,
  );
  return `The operator's commands.

  npm run counter -- COMMAND [options]

${lines.join('\n')}

Each has its own --help, with examples. --json prints for scripts.

Exit codes: ${EXIT.ok} done; ${EXIT.no} done, and the answer is no; ${EXIT.usage} not understood;
${EXIT.failed} failed, the message says why; ${EXIT.interrupted} interrupted, the same command goes on.`;
};
