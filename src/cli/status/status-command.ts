import { commandLine } from '../../runtime/command-line.ts';
import type { Command } from '../command.ts';
import { COUNTER_OPTION, parseCounterOption } from '../counter-option.ts';
import { EXIT } from '../exit-code.ts';
import { parseOptions } from '../options.ts';
import { openTarget, TARGET_HELP, TARGET_OPTIONS } from '../target/target.ts';
import { formatStatus } from './format-status.ts';
import { readStatus } from './read-status.ts';

const HELP = `Show the counts, the settings, and how far the stream is counted. Changes nothing.

Usage: ${commandLine('status', '(--stack NAME | --local | ...) [--counter NAME] [--json]')}

Reads the counts table and the index of active sessions, but no session row. With several counters it
lists the ten with the most distinct sessions. The hash key is shown as a fingerprint, on AWS as the
version of its parameter or secret: if it changes, every visitor counts as new.

  --counter NAME     show this counter, such as blog/first-post (default: site)

${TARGET_HELP}

Examples:
  ${commandLine('status', '--local')}
  ${commandLine('status', '--local --counter blog/first-post')}
  ${commandLine('status', '--stack session-counter --json')}`;

const OPTIONS = { ...TARGET_OPTIONS, ...COUNTER_OPTION } as const;

/** `status`: shows the counts and settings of a counter. */
export const statusCommand: Command = {
  summary: 'show the counts, the settings, and how far the stream is counted',
  help: HELP,
  run: async (args, { env, console }) => {
    const { counter, ...options } = parseOptions(args, OPTIONS);
    const name = parseCounterOption(counter);
    const target = await openTarget(options, env);
    const status = await readStatus(target, Date.now(), name);
    console.print(formatStatus(status, console.paint), status);
    return EXIT.ok;
  },
};
