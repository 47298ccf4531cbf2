import { type ShownCounter, shownTotal } from '../domain/baseline.ts';
import { countedUntil } from '../domain/counted-until.ts';
import { type HttpResponse, jsonResponse } from '../http/http-response.ts';
import type { SeveralCounters } from './asked-counters.ts';
import { cacheUntil } from './cache-until.ts';
import type { CachedReading } from './cached-reading.ts';
import { describeParts } from './describe-parts.ts';
import type { Readers } from './readers.ts';

export interface ReadSeveralCountsDependencies {
  readonly readers: Readers;
  readonly activeWindowMinutes: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * Reads several counters at once: of some both numbers, of others the total alone. Their items come from one
 * BatchGetItem, so a total costs half a unit. Each number has the meaning that it has in the response for one counter.
 * Without active sessions the response is never cacheable, because each request reads the totals.
 */
export const createReadSeveralCounts =
  ({ readers, activeWindowMinutes, now }: ReadSeveralCountsDependencies) =>
  async ({ counters, totals }: SeveralCounters): Promise<HttpResponse> => {
    const [totalOf, activeOf] = await Promise.all([
      readers.counter.readAll([...counters, ...totals]),
      readers.active.readAll(counters),
    ]);
    const readAtMs = [...totalOf.values(), ...activeOf.values()].map((read) => read.readAtMs);
    const asOfMs = Math.min(...readAtMs);
    const described = [...totalOf].map(([name, counter]) => [
      name,
      {
        ...describeTotal(counter, activeWindowMinutes),
        ...describeActive(activeOf.get(name)),
        ...describeParts(counter.value),
      },
    ]);
    const body = {
      counters: Object.fromEntries(described),
      active_window_minutes: activeWindowMinutes,
      as_of: new Date(asOfMs).toISOString(),
    };
    return jsonResponse(200, body, cacheUntil(activeOf.values(), asOfMs, now()));
  };

const describeTotal = (
  { value, readUntilMs }: CachedReading<ShownCounter>,
  activeWindowMinutes: number,
) => ({
  unique_session_count: shownTotal(value),
  counted_until: countedUntil(value, readUntilMs, activeWindowMinutes),
});

const describeActive = (active: CachedReading<number> | undefined) =>
  active && {
    active_sessions: active.value,
    active_until: new Date(active.readUntilMs).toISOString(),
  };
