import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { activeWindow } from '../domain/active-window.ts';
import type { ShownCounter } from '../domain/baseline.ts';
import { admissionOf } from '../domain/counter-name.ts';
import { countShardsToRead } from '../domain/former-shards.ts';
import type { Log } from '../runtime/log.ts';
import type { QuerySettings } from '../settings/settings.ts';
import { countActiveSessions } from '../tables/count-active-sessions.ts';
import { readShownCounter } from '../tables/read-counter.ts';
import { createReadingCache, type ReadThroughCache } from './reading-cache.ts';
import type { ReadValue } from './refresh-readings.ts';
import { withoutUnvisited } from './unvisited-counters.ts';

/** Reads several counters with their baselines, eventually consistent. */
export type ReadSeveral = (
  ...args: [client: DynamoDBDocumentClient, tableName: string, counters: readonly string[]]
) => Promise<ReadonlyMap<string, ShownCounter>>;

/** The two numbers of each counter. */
export interface Readers {
  readonly counter: ReadThroughCache<ShownCounter>;
  readonly active: ReadThroughCache<number>;
}

/**
 * How many readings a container keeps, at most. A counter is kept to be served while DynamoDB fails; with 90 days and
 * 28 checkpoints it takes 33 kB. A number of active sessions is kept until the budget allows another reading, so
 * beyond this many in a minute the budget would not hold; it takes 320 bytes. Together that is 20 MB.
 */
const KEPT_READINGS = { counters: 500, activeSessions: 10_000 } as const;

/**
 * The readers of both numbers: counters are read for each request, active sessions as often as the budget of read
 * units allows, which all counters share. A name that a pattern admits costs one read of its counter while
 * nobody has been counted there: its active sessions are then 0 without a read, and nothing about it is kept, so
 * that invented names replace nothing. They throw what the SDK throws when there is no cached value. By default several
 * counters take a GetItem each, so that the bundle of a function that reads one counter has no other request.
 */
export const createReaders = (
  settings: QuerySettings,
  client: DynamoDBDocumentClient,
  log: Log,
  readSeveral: ReadSeveral = readEach,
): Readers => {
  const common = { unitsPerSecond: settings.activeReadUnitsPerSecond, now: Date.now, log };
  const isMatched = (name: string) => admissionOf(name, settings.counters) === 'matched';
  const counter = createReadingCache({
    ...{ ...common, capacity: KEPT_READINGS.counters },
    isKept: (name, { total }: ShownCounter) => total > 0 || !isMatched(name),
    // Its units are not in the budget, so it is never fresh: every request reads it.
    read: async (names) => {
      const read = names.length === 1 ? readEach : readSeveral;
      return withoutUnits(await read(client, settings.countsTable, names));
    },
  });
  const active = createReadingCache({
    ...{ ...common, capacity: KEPT_READINGS.activeSessions },
    read: createCountActive(settings, client),
  });
  const { activeWindowMinutes } = settings;
  return { counter, active: withoutUnvisited({ counter, active, isMatched, activeWindowMinutes }) };
};

const withoutUnits = (counters: ReadonlyMap<string, ShownCounter>) =>
  new Map([...counters].map(([name, value]) => [name, { value, readUnits: 0 }]));

const readEach: ReadSeveral = async (client, countsTable, names) => {
  const readOne = async (name: string) =>
    [name, await readShownCounter(client, countsTable, 'eventual', name)] as const;
  return new Map(await Promise.all(names.map(readOne)));
};

const createCountActive =
  (settings: QuerySettings, client: DynamoDBDocumentClient) =>
  async (names: readonly string[], nowMs: number): Promise<Map<string, ReadValue<number>>> => {
    const window = activeWindow(nowMs, settings.activeWindowMinutes);
    const activeShards = countShardsToRead(settings, nowMs);
    const countOne = async (counter: string) => {
      const sessions = { counter, activeShards, window };
      const counted = await countActiveSessions(client, settings.sessionsTable, sessions);
      return [counter, { value: counted.count, readUnits: counted.readUnits }] as const;
    };
    return new Map(await Promise.all(names.map(countOne)));
  };
