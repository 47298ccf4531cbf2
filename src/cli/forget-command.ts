import ipaddr from 'ipaddr.js';
import { hashVisitor, type SessionHasher } from '../domain/session-hash.ts';
import type { Visitor } from '../domain/visitor.ts';
import { createReadKey } from '../ingest/read-key.ts';
import { createSessionHasherSource } from '../ingest/session-hasher-source.ts';
import { commandLine } from '../runtime/command-line.ts';
import { readIngestSettings } from '../settings/settings.ts';
import { deleteSession } from '../tables/delete-session.ts';
import type { Command, CommandContext } from './command.ts';
import { CommandError, UsageError } from './command-error.ts';
import { EXIT } from './exit-code.ts';
import { parseOptions } from './options.ts';
import { openTarget, TARGET_HELP, TARGET_OPTIONS, type Target } from './target/target.ts';

const OPTIONS = {
  ...TARGET_OPTIONS,
  ip: { type: 'string' },
  'user-agent': { type: 'string' },
} as const;

const HELP = `Delete the session row of a visitor who asks for erasure.

Usage: ${commandLine('forget', '--ip ADDRESS --user-agent TEXT (--stack NAME | --local | ...)')}

Does the same as DELETE /sessions/me: it deletes the row and leaves the total unchanged. It prints
neither the address nor the user agent, and does not reveal whether the row existed. Your shell may
save the command in its history: start the line with a space, or remove it from the history.

The hash key must be the one the counter uses. With --stack it is read from where the stack keeps
it, with --local from the data folder (or from HASH_KEY, if the counter was started with it). With two
tables, set HASH_KEY_PARAMETER, HASH_KEY_SECRET_ID or HASH_KEY (or HASH_SCHEME=sha256).

  --ip ADDRESS       the visitor's IPv4 or IPv6 address
  --user-agent TEXT  the User-Agent header that the browser sends

${TARGET_HELP}

Examples:
  ${commandLine('forget', '--local --ip 203.0.113.7 --user-agent "Mozilla/5.0 ..."')}
  ${commandLine('forget', '--stack session-counter --ip 2001:db8::1 --user-agent "Mozilla/5.0 ..."')}`;

/** `forget`: deletes a visitor's row. Prints nothing about the visitor. */
export const forgetCommand: Command = {
  summary: 'delete the row of a visitor who asks for erasure',
  help: HELP,
  run: async (args, context) => {
    const values = parseOptions(args, OPTIONS);
    const visitor = parseVisitor(values.ip, values['user-agent']);
    const target = await openTarget(values, context.env);
    const sessionHash = hashVisitor(visitor, await findHasher(target, context));
    await deleteSession(target.client, target.sessionsTable, sessionHash);
    context.console.print('This visitor has no session row now.', { isForgotten: true });
    return EXIT.ok;
  },
};

// The messages do not repeat the values: they are personal data.
const parseVisitor = (ip: string | undefined, userAgent: string | undefined): Visitor => {
  if (ip === undefined || !ipaddr.isValid(ip.trim())) {
    throw new UsageError('--ip must be an IPv4 or IPv6 address');
  }
  if (!userAgent?.trim()) {
    throw new UsageError('--user-agent must be the User-Agent header that the browser sends');
  }
  return { address: ip.trim(), userAgent };
};

const findHasher = async (
  { client, settings, sessionsTable }: Target,
  { console }: CommandContext,
): Promise<SessionHasher> => {
  const { hash } = readIngestSettings({ ...settings, SESSIONS_TABLE: sessionsTable });
  const log = (...words: readonly unknown[]): void => console.error(String(words[0]));
  const hasher = await createSessionHasherSource(hash, createReadKey(client), {
    warn: log,
    error: log,
  })();
  if (hasher) return hasher;
  throw new CommandError(
    'The hash key is needed to find the row: set HASH_KEY_PARAMETER, HASH_KEY_SECRET_ID, HASH_KEY or HASH_SCHEME',
  );
};
