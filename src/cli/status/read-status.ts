import { activeWindow } from '../../domain/active-window.ts';
import { type ShownCounter, shownTotal } from '../../domain/baseline.ts';
import type { ByCounter } from '../../domain/by-counter.ts';
import type { Counter } from '../../domain/counter.ts';
import { SITE } from '../../domain/counter-name.ts';
import { formatSequenceNumber } from '../../domain/sequence-number.ts';
import { utcDay } from '../../domain/utc-day.ts';
import { INTEGER_RANGES } from '../../settings/allowed-values.ts';
import { SETTINGS } from '../../settings/definitions.ts';
import { readInteger } from '../../settings/readers.ts';
import { readQuerySettings } from '../../settings/settings.ts';
import { readAudit } from '../../tables/audit-item.ts';
import { checkpointAttribute } from '../../tables/checkpoint-attribute.ts';
import { countActiveSessions } from '../../tables/count-active-sessions.ts';
import { scanShownCounters } from '../../tables/scan-counters.ts';
import { CommandError } from '../command-error.ts';
import { listNames } from '../read-selected-counters.ts';
import type { Target } from '../target/target.ts';
import { describeEdgeSecret } from './describe-edge-secret.ts';
import { readKeyFingerprint } from './read-key-fingerprint.ts';

/** The state of a counter. */
export type Status = Awaited<ReturnType<typeof readStatus>>;

/**
 * Reads the counter with this name and its settings as of `nowMs`, epoch milliseconds, with everything that the
 * counter item stores compactly, and the largest counters. Reads the counts table and the index of active
 * sessions, but no session row. Throws a CommandError if there is no such counter, and what the SDK throws.
 */
export const readStatus = async (target: Target, nowMs: number, name: string = SITE) => {
  const { client, sessionsTable, countsTable } = target;
  const settings = effectiveSettings(target);
  const window = activeWindow(nowMs, settings.activeWindowMinutes);
  const [counters, active, lastAudit, keyFingerprint] = await Promise.all([
    readAll(target),
    countActiveSessions(client, sessionsTable, { counter: name, activeShards: ALL_SHARDS, window }),
    readAudit(client, countsTable),
    readKeyFingerprint(client, target.settings),
  ]);
  const counter = findCounter(name, counters, target);
  const { total, removed, updatedAt, rebuild, rebuilt, undo, lastUndo, baseline } = counter;
  return {
    ...{
      target: target.name,
      counter: name,
      total,
      baseline,
      active: active.count,
      removed,
      rows: total - removed,
    },
    newToday: counter.startedByDay.get(utcDay(nowMs)) ?? 0,
    ...{ updatedAt, checkpoints: describeCheckpoints(counter, nowMs), lastAudit, rebuild, rebuilt },
    ...{ undo, lastUndo },
    ...{
      settings,
      keyFingerprint,
      days: describeDays(counter),
      packedThrough: counter.pack.through,
    },
    watermark: counter.watermark === 0 ? undefined : toTime(counter.watermark),
    ...describeLargest(counters),
  };
};

const readAll = async ({ client, countsTable }: Target): Promise<ByCounter<ShownCounter>> => {
  const counters = new Map<string, ShownCounter>();
  for await (const [name, one] of scanShownCounters(client, countsTable)) counters.set(name, one);
  return counters;
};

const findCounter = (
  name: string,
  counters: ByCounter<ShownCounter>,
  target: Target,
): ShownCounter => {
  const counter = counters.get(name);
  if (counter) return counter;
  throw new CommandError(
    `There is no counter ${name} in ${target.name}. It has ${listNames(counters)}`,
  );
};

const MAX_LARGEST = 10;

// A counter that was dropped has a total of 0, and no baseline.
const describeLargest = (counters: ByCounter<ShownCounter>) => {
  const counting = [...counters]
    .map(([counter, { total, removed, baseline }]) => ({
      ...{ counter, total, baseline, rows: total - removed },
    }))
    .filter((one) => shownTotal(one) > 0 || one.counter === SITE)
    .sort((a, b) => shownTotal(b) - shownTotal(a) || (a.counter < b.counter ? -1 : 1));
  return { counters: counting.length, largest: counting.slice(0, MAX_LARGEST) };
};

// All that there can be: 32 read units. The settings may be those of another counter, or not given at all.
const ALL_SHARDS = INTEGER_RANGES.ACTIVE_SHARDS.max;

const toTime = (seconds: number): string => new Date(seconds * 1000).toISOString();

const describeCheckpoints = ({ checkpoints }: Counter, nowMs: number) =>
  [...checkpoints].map(([shardId, { sequence, at }]) => ({
    ...{ shardId, attribute: checkpointAttribute(shardId) },
    sequence: formatSequenceNumber(sequence),
    ...{ at: toTime(at), ageSeconds: Math.max(0, Math.floor(nowMs / 1000) - at) },
  }));

const describeDays = ({ startedByDay, removedByDay }: Counter) =>
  [...new Set([...startedByDay.keys(), ...removedByDay.keys()])].sort().map((day) => ({
    day,
    started: startedByDay.get(day) ?? 0,
    removed: removedByDay.get(day) ?? 0,
  }));

const effectiveSettings = ({ settings, sessionsTable, countsTable }: Target) => {
  const env = { ...settings, SESSIONS_TABLE: sessionsTable, COUNTS_TABLE: countsTable };
  // The values of the edge secret must not be shown.
  const { edge, ...reading } = readQuerySettings(env);
  return {
    ...reading,
    edgeSecret: describeEdgeSecret(settings, edge),
    retentionDays: readInteger(env, 'RETENTION_DAYS'),
    hashScheme: settings.HASH_SCHEME ?? SETTINGS.HASH_SCHEME.default,
  };
};
