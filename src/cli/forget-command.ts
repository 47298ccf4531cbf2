import ipaddr from 'ipaddr.js';
import { SITE } from '../domain/counter-name.ts';
import { hashVisitor, type SessionHasher } from '../domain/session-hash.ts';
import type { Visitor } from '../domain/visitor.ts';
import { createReadKey } from '../ingest/read-key.ts';
import { createSessionHasherSource } from '../ingest/session-hasher-source.ts';
import { commandLine } from '../runtime/command-line.ts';
import { inParallel } from '../runtime/in-parallel.ts';
import { readIngestSettings } from '../settings/settings.ts';
import { countRows } from '../tables/count-rows.ts';
import { deleteSession } from '../tables/delete-session.ts';
import type { Command, CommandContext } from './command.ts';
import { CommandError, UsageError } from './command-error.ts';
import { COUNTER_HELP, COUNTER_OPTION, parseCounterOption } from './counter-option.ts';
import { EXIT } from './exit-code.ts';
import { parseOptions } from './options.ts';
import { readSelectedCounters } from './read-selected-counters.ts';
import { openTarget, TARGET_HELP, TARGET_OPTIONS, type Target } from './target/target.ts';

const OPTIONS = {
  ...TARGET_OPTIONS,
  ip: { type: 'string' },
  'user-agent': { type: 'string' },
  ...COUNTER_OPTION,
} as const;

const HELP = `Delete the session rows of a visitor who asks for erasure.

Usage: ${commandLine('forget', '--ip ADDRESS --user-agent TEXT (--stack NAME | --local | ...)')}
         [--counter NAME]

Does the same as DELETE /sessions/me, in all counters: it deletes the rows and leaves the totals unchanged.
A visitor has a row in each counter, with another hash, so it first reads all rows to find the counters.
It prints neither the address nor the user agent, and does not reveal whether there was a row. Your shell
may save the command in its history: start the line with a space, or remove it from the history.

The hash key must be the one the counter uses. With --stack it is read from where the stack keeps
it, with --local from the data folder (or from HASH_KEY, if the counter was started with it). With two
tables, set HASH_KEY_PARAMETER, HASH_KEY_SECRET_ID or HASH_KEY (or HASH_SCHEME=sha256).

  --ip ADDRESS       the visitor's IPv4 or IPv6 address
  --user-agent TEXT  the User-Agent header that the browser sends
${COUNTER_HELP}

${TARGET_HELP}

Examples:
  ${commandLine('forget', '--local --ip 203.0.113.7 --user-agent "Mozilla/5.0 ..."')}
  ${commandLine('forget', '--stack session-counter --ip 2001:db8::1 --user-agent "Mozilla/5.0 ..."')}`;

/** `forget`: deletes a visitor's rows. Prints nothing about the visitor. */
export const forgetCommand: Command = {
  summary: 'delete the rows of a visitor who asks for erasure',
  help: HELP,
  run: async (args, context) => {
    const values = parseOptions(args, OPTIONS);
    const name = parseCounterOption(values.counter);
    const visitor = parseVisitor(values.ip, values['user-agent']);
    const target = await openTarget(values, context.env);
    const hasher = await findHasher(target, context);
    const names = name === undefined ? await findNames(target, context) : [name];
    await inParallel(names, AT_ONCE, (counter) =>
      deleteSession(target.client, target.sessionsTable, hashVisitor(visitor, hasher, counter)),
    );
    // Only now: its row may be older than its item.
    if (name !== undefined) await readSelectedCounters(target, name);
    context.console.print(describeEnd(name), { isForgotten: true });
    return EXIT.ok;
  },
};

const AT_ONCE = 16;
const SEGMENTS = 4;

// A counter has rows before it has an item.
const findNames = async (
  { client, sessionsTable }: Target,
  { signal }: CommandContext,
): Promise<string[]> => {
  const scan = { segments: SEGMENTS, onRows: () => signal.throwIfAborted() };
  return [...(await countRows(client, sessionsTable, 0, scan)).keys()];
};

const describeEnd = (name: string | undefined): string => {
  if (name === undefined) return 'This visitor has no session row in any counter now.';
  return name === SITE
    ? 'This visitor has no session row of the site now.'
    : `This visitor has no session row in the counter ${name} now.`;
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
