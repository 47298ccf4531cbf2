import { activeWindow } from '../../domain/active-window.ts';
import { utcDay } from '../../domain/utc-day.ts';
import { readInteger } from '../../settings/readers.ts';
import { readQuerySettings } from '../../settings/settings.ts';
import { readAudit } from '../../tables/audit-item.ts';
import { countActiveSessions } from '../../tables/count-active-sessions.ts';
import { readCounter } from '../../tables/read-counter.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import { parseOptions } from '../options.ts';
import { openTarget, TARGET_HELP, TARGET_OPTIONS, type Target } from '../target/target.ts';
import { formatStatus } from './format-status.ts';
import { readKeyFingerprint } from './read-key-fingerprint.ts';

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

/** What `status` tells. */
export type Status = Awaited<ReturnType<typeof readStatus>>;

const readStatus = async (target: Target, nowMs: number) => {
  const { client, sessionsTable, countsTable } = target;
  const settings = inForce(target);
  const { activeShards, activeWindowMinutes } = settings;
  const window = activeWindow(nowMs, activeWindowMinutes);
  const [counter, active, lastAudit, keyFingerprint] = await Promise.all([
    readCounter(client, countsTable, 'strong'),
    countActiveSessions(client, sessionsTable, { activeShards, window }),
    readAudit(client, countsTable),
    readKeyFingerprint(target.settings),
  ]);
  const { total, removed, updatedAt, rebuild, rebuilt } = counter;
  const checkpoints = [...counter.checkpoints].map(([shardId, { sequence, at }]) => ({
    shardId,
    sequence: sequence.replace(/^0+(?=\d)/, ''),
    ageSeconds: Math.max(0, Math.floor(nowMs / 1000) - at),
  }));
  return {
    ...{ target: target.name, total, active: active.count, removed, rows: total - removed },
    newToday: counter.startedByDay.get(utcDay(nowMs)) ?? 0,
    ...{ updatedAt, checkpoints, lastAudit, rebuild, rebuilt, settings, keyFingerprint },
  };
};

const inForce = ({ settings, sessionsTable, countsTable }: Target) => {
  const env = { ...settings, SESSIONS_TABLE: sessionsTable, COUNTS_TABLE: countsTable };
  const retention = { default: 395, min: 0, max: 3_650 };
  return {
    ...readQuerySettings(env),
    retentionDays: readInteger(env, 'RETENTION_DAYS', retention),
    hashScheme: settings.HASH_SCHEME ?? 'hmac-sha256',
  };
};
