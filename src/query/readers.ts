import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { activeWindow } from '../domain/active-window.ts';
import type { Counter } from '../domain/counter.ts';
import { SITE } from '../domain/counter-name.ts';
import { countShardsToRead } from '../domain/former-shards.ts';
import type { Log } from '../runtime/log.ts';
import type { QuerySettings } from '../settings/settings.ts';
import { countActiveSessions } from '../tables/count-active-sessions.ts';
import { readCounter } from '../tables/read-counter.ts';
import { createReadingCache, type ReadThroughCache } from './reading-cache.ts';

/** The two numbers of a container. */
export interface Readers {
  readonly counter: ReadThroughCache<Counter>;
  readonly active: ReadThroughCache<number>;
}

/**
 * The readers of both numbers: the counter is read for each request, the active sessions as often as
 * the budget of read units allows. They throw what the SDK throws when there is no cached value.
 */
export const createReaders = (
  settings: QuerySettings,
  client: DynamoDBDocumentClient,
  log: Log,
): Readers => {
  const { sessionsTable, countsTable, activeWindowMinutes } = settings;
  const common = { unitsPerSecond: settings.activeReadUnitsPerSecond, now: Date.now, log };
  const counter = createReadingCache({
    ...common,
    // It costs one item, whatever the count, so it is not cached: every request reads it.
    read: async () => ({ value: await readCounter(client, countsTable), readUnits: 0 }),
  });
  const active = createReadingCache({
    ...common,
    read: async (nowMs) => {
      const { count, readUnits } = await countActiveSessions(client, sessionsTable, {
        counter: SITE,
        activeShards: countShardsToRead(settings, nowMs),
        window: activeWindow(nowMs, activeWindowMinutes),
      });
      return { value: count, readUnits };
    },
  });
  return { counter, active };
};
