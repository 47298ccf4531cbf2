import { activeWindow } from '../../domain/active-window.ts';
import { utcDay } from '../../domain/utc-day.ts';
import { SETTINGS } from '../../settings/definitions.ts';
import { readInteger } from '../../settings/readers.ts';
import { readQuerySettings } from '../../settings/settings.ts';
import { readAudit } from '../../tables/audit-item.ts';
import { countActiveSessions } from '../../tables/count-active-sessions.ts';
import { readCounter } from '../../tables/read-counter.ts';
import type { Target } from '../target/target.ts';
import { readKeyFingerprint } from './read-key-fingerprint.ts';

/** The state of a counter. */
export type Status = Awaited<ReturnType<typeof readStatus>>;

/**
 * Reads the counter and its settings as of `nowMs`, epoch milliseconds. Reads two items and the
 * index of active sessions, but no session row. Throws what the SDK throws.
 */
export const readStatus = async (target: Target, nowMs: number) => {
  const { client, sessionsTable, countsTable } = target;
  const settings = effectiveSettings(target);
  const { activeShards, activeWindowMinutes } = settings;
  const window = activeWindow(nowMs, activeWindowMinutes);
  const [counter, active, lastAudit, keyFingerprint] = await Promise.all([
    readCounter(client, countsTable, 'strong'),
    countActiveSessions(client, sessionsTable, { activeShards, window }),
    readAudit(client, countsTable),
    readKeyFingerprint(client, target.settings),
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

const effectiveSettings = ({ settings, sessionsTable, countsTable }: Target) => {
  const env = { ...settings, SESSIONS_TABLE: sessionsTable, COUNTS_TABLE: countsTable };
  return {
    ...readQuerySettings(env),
    retentionDays: readInteger(env, 'RETENTION_DAYS'),
    hashScheme: settings.HASH_SCHEME ?? SETTINGS.HASH_SCHEME.default,
  };
};
