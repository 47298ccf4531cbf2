import { shownTotal } from '../domain/baseline.ts';
import { countedUntil } from '../domain/counted-until.ts';
import type { CounterList } from '../domain/counter-name.ts';
import { jsonResponse } from '../http/http-response.ts';
import type { Route } from '../http/router.ts';
import { parseAskedCounters } from './asked-counters.ts';
import { cacheUntil } from './cache-until.ts';
import { describeParts } from './describe-parts.ts';
import {
  createReadSeveralCounts,
  type ReadSeveralCountsDependencies,
} from './read-several-counts.ts';

export interface ReadCountsDependencies extends ReadSeveralCountsDependencies {
  /** The counters that the deployment admits. */
  readonly list: CounterList;
}

/**
 * Handles GET /counts?counter=site: both numbers of the counter, neither older than `as_of`; zeros before the first
 * visit. With a baseline, the total is the sum of the counted sessions and the baseline, and the response also has
 * both parts. The total contains no session that was first seen at or after `counted_until`, the active sessions
 * none that became active after `active_until`. Cacheable until this function would count the active sessions
 * again. Several counters, and totals alone, are answered as `createReadSeveralCounts` says. Responds 400 for too
 * many names, and when none of them is valid, and 404 when the deployment admits none of them.
 */
export const createReadCounts = (dependencies: ReadCountsDependencies): Route => {
  const readOne = createReadOne(dependencies);
  const readSeveral = createReadSeveralCounts(dependencies);
  return async ({ query }) => {
    const asked = parseAskedCounters(query, dependencies.list);
    if ('statusCode' in asked) return asked;
    return 'counter' in asked ? readOne(asked.counter) : readSeveral(asked);
  };
};

const createReadOne =
  ({ readers, activeWindowMinutes, now }: ReadCountsDependencies) =>
  async (name: string) => {
    const [counter, active] = await Promise.all([
      readers.counter.read(name),
      readers.active.read(name),
    ]);
    const asOfMs = Math.min(counter.readAtMs, active.readAtMs);
    const body = {
      unique_session_count: shownTotal(counter.value),
      active_sessions: active.value,
      active_window_minutes: activeWindowMinutes,
      counted_until: countedUntil(counter.value, counter.readUntilMs, activeWindowMinutes),
      active_until: new Date(active.readUntilMs).toISOString(),
      as_of: new Date(asOfMs).toISOString(),
      ...describeParts(counter.value),
    };
    return jsonResponse(200, body, cacheUntil([active], asOfMs, now()));
  };
