import ipaddr from 'ipaddr.js';
import { hashVisitor, type SessionHasher } from '../domain/session-hash.ts';
import type { Visitor } from '../domain/visitor.ts';
import { readSecret } from '../ingest/read-secret.ts';
import { createSessionHasherSource } from '../ingest/session-hasher-source.ts';
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

const HELP = `Deletes the session row of a visitor, for the owner who answers a letter.

  npm run counter -- forget --ip ADDRESS --user-agent TEXT (--stack NAME | --local | ...)

It does what DELETE /sessions/me does for a visitor: the row goes, the total stays. It prints
neither the address nor the user agent, and tells nobody whether there was a row. Your shell may
keep the line in its history: begin it with a space, or delete it there.

The key of the hash is that of the counter: for a stack in Secrets Manager, for the local run in its
folder (or in HASH_KEY, if it was started with one), for two tables in HASH_KEY or
HASH_KEY_SECRET_ID (or HASH_SCHEME=sha256).

${TARGET_HELP}

Examples:
  npm run counter -- forget --local --ip 203.0.113.7 --user-agent "Mozilla/5.0 ..."
  npm run counter -- forget --stack session-counter --ip 2001:db8::1 --user-agent "Mozilla/5.0 ..."`;

/** `forget`: the row of a visitor goes. Nothing that it prints is about the visitor. */
export const forgetCommand: Command = {
  summary: 'delete the row of a visitor who asks for it',
  help: HELP,
  run: async (args, context) => {
    const values = parseOptions(args, OPTIONS);
    const visitor = judgeVisitor(values.ip, values['user-agent']);
    const target = await openTarget(values, context.env);
    const sessionHash = hashVisitor(visitor, await findHasher(target, context));
    await deleteSession(target.client, target.sessionsTable, sessionHash);
    context.console.answer('There is no row of this visitor any more.', { isForgotten: true });
    return EXIT.ok;
  },
};

// The messages do not repeat what they were given: it is personal.
const judgeVisitor = (ip: string | undefined, userAgent: string | undefined): Visitor => {
  if (ip === undefined || !ipaddr.isValid(ip.trim())) {
    throw new UsageError('--ip must be an IPv4 or IPv6 address');
  }
  if (!userAgent?.trim())
    throw new UsageError('--user-agent must be the text that the browser sends');
  return { address: ip.trim(), userAgent };
};

const findHasher = async (
  { settings, sessionsTable }: Target,
  { console }: CommandContext,
): Promise<SessionHasher> => {
  const { hash } = readIngestSettings({ ...settings, SESSIONS_TABLE: sessionsTable });
  const tell = (...words: readonly unknown[]): void => console.problem(String(words[0]));
  const hasher = await createSessionHasherSource(hash, readSecret, { warn: tell, error: tell })();
  if (hasher) return hasher;
  throw new CommandError(
    'No row can be found without the key of the hash: set HASH_KEY, HASH_KEY_SECRET_ID or HASH_SCHEME',
  );
};
