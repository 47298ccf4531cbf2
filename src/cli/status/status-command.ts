import type { Command } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import { parseOptions } from '../options.ts';
import { openTarget, TARGET_HELP, TARGET_OPTIONS } from '../target/target.ts';
import { formatStatus } from './format-status.ts';
import { readStatus } from './read-status.ts';

const HELP = `Shows what the counter holds, and how far the stream is counted. Changes nothing.

  npm run counter -- status (--stack NAME | --local | ...) [--json]

It reads two items and the index of active sessions, and no session row. The key of the hash is told
by a fingerprint, on AWS by the version of its secret: when it changes, every visitor is new.

${TARGET_HELP}

Examples:
  npm run counter -- status --local
  npm run counter -- status --stack session-counter --json`;

/** `status`: what the counter holds. */
export const statusCommand: Command = {
  summary: 'what the counter holds, and how far the stream is counted',
  help: HELP,
  run: async (args, { env, console }) => {
    const target = await openTarget(parseOptions(args, TARGET_OPTIONS), env);
    const status = await readStatus(target, Date.now());
    console.answer(formatStatus(status, console.paint), status);
    return EXIT.ok;
  },
};
