import { commandLine } from '../runtime/command-line.ts';
import type { Command, CommandContext } from './command.ts';
import type { Console } from './console/console.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { runCommand } from './run-command.ts';

/** A command that something else than this module runs. */
export type Program = Pick<Command, 'summary'>;

export interface CounterCommandContext extends Omit<CommandContext, 'console'> {
  readonly commands: Readonly<Record<string, Command>>;
  /** Further commands for the help. */
  readonly programs?: Readonly<Record<string, Program>> | undefined;
  readonly openConsole: (isJson: boolean) => Console;
}

/** Runs the command line ARGS and returns its exit code. Never rejects. */
export const runCounterCommand = async (
  args: string[],
  { commands, programs = {}, openConsole, ...context }: CounterCommandContext,
): Promise<ExitCode> => {
  const [name, ...rest] = args.filter((arg) => arg !== '--json');
  const console = openConsole(args.includes('--json'));
  const all = { ...programs, ...commands };
  const help = formatHelp(all);
  if (name === undefined || name === '--help' || name === 'help') {
    console.print(help, { commands: Object.keys(all) });
    return name === undefined ? EXIT.usage : EXIT.ok;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    console.error(`Unknown command "${name}".\n\n${help}`);
    return EXIT.usage;
  }
  if (!rest.includes('--help')) return runCommand(command, rest, { ...context, console });
  console.print(command.help, { help: command.help });
  return EXIT.ok;
};

const formatHelp = (commands: Readonly<Record<string, Program>>): string => {
  const lines = Object.entries(commands).map(
    ([name, { summary }]) => `  ${name.padEnd(9)} ${summary}`,
  );
  return `Operate a session counter.

Usage: ${commandLine('COMMAND', '[options]')}

Commands:
${lines.join('\n')}

Run a command with --help for its options and examples. Add --json to print JSON for scripts.

Exit codes:
  ${EXIT.ok}    success
  ${EXIT.problemsFound}    finished and found a problem: counts differ, or rows were rejected
  ${EXIT.usage}    invalid arguments or settings; nothing was done
  ${EXIT.failed}    failed; the message says why
  ${EXIT.interrupted}  interrupted; run the same command again to continue`;
};
