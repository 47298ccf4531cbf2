import { commandLine } from '../../runtime/command-line.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import { parseOptions } from '../options.ts';
import { openTarget, TARGET_HELP, TARGET_OPTIONS } from '../target/target.ts';
import { formatStatus } from './format-status.ts';
import { readStatus } from './read-status.ts';

const HELP = `Show the counts, the settings, and how far the stream is counted. Changes nothing.

Usage: ${commandLine('status', '(--stack NAME | --local | ...) [--json]')}

Reads two items and the index of active sessions, but no session row. The hash key is shown as a
fingerprint, on AWS as the version of its parameter or secret: if it changes, every visitor counts as new.

${TARGET_HELP}

Examples:
  ${commandLine('status', '--local')}
  ${commandLine('status', '--stack session-counter --json')}`;

/** `status`: shows the counts and settings of a counter. */
export const statusCommand: Command = {
  summary: 'show the counts, the settings, and how far the stream is counted',
  help: HELP,
  run: async (args, { env, console }) => {
    const target = await openTarget(parseOptions(args, TARGET_OPTIONS), env);
    const status = await readStatus(target, Date.now());
    console.print(formatStatus(status, console.paint), status);
    return EXIT.ok;
  },
};
