import { type CountedCounter, countedUntil } from '../domain/counted-until.ts';
import type { Counter } from '../domain/counter.ts';
import { jsonResponse } from '../http/http-response.ts';
import type { Route } from '../http/router.ts';
import { MAX_AGE_MS, type ReadThroughCache } from './reading-cache.ts';

export interface ReadCountsDependencies {
  readonly readCounter: ReadThroughCache<Pick<Counter, 'total'> & CountedCounter>;
  readonly readActive: ReadThroughCache<number>;
  readonly activeWindowMinutes: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * Handles GET /counts: both numbers, neither older than `as_of`; zeros before the first visit. The total
 * contains no session that was first seen at or after `counted_until`, the active sessions none that became
 * active after `active_until`. Cacheable until this function would count the active sessions again.
 */
export const createReadCounts =
  ({ readCounter, readActive, activeWindowMinutes, now }: ReadCountsDependencies): Route =>
  async () => {
    const [counter, active] = await Promise.all([readCounter(), readActive()]);
    const asOfMs = Math.min(counter.readAtMs, active.readAtMs);
    const body = {
      unique_session_count: counter.value.total,
      active_sessions: active.value,
      active_window_minutes: activeWindowMinutes,
      counted_until: countedUntil(counter.value, counter.readUntilMs, activeWindowMinutes),
      active_until: new Date(active.readUntilMs).toISOString(),
      as_of: new Date(asOfMs).toISOString(),
    };
    const expiresAtMs = Math.min(active.expiresAtMs, asOfMs + MAX_AGE_MS);
    return jsonResponse(200, body, cacheFor(expiresAtMs - now()));
  };

const cacheFor = (remainingMs: number): Record<string, string> =>
  remainingMs < 1_000
    ? {}
    : { 'Cache-Control': `public, max-age=${Math.floor(remainingMs / 1_000)}` };
