import { activeSince } from '../domain/active-window.ts';
import type { Counter } from '../domain/counter.ts';
import { jsonResponse } from '../http/http-response.ts';
import type { Route } from '../http/router.ts';

export interface ReadCountsDependencies {
  /** Throws when the counter cannot be read. */
  readonly readCounter: () => Promise<Pick<Counter, 'total'>>;
  /** Counts the sessions seen later than `since`, ISO 8601 UTC. Throws when it cannot. */
  readonly countActive: (since: string) => Promise<number>;
  readonly activeWindowMinutes: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Answers GET /counts with both numbers as of now; zeros before the first visit. */
export const createReadCounts =
  ({ readCounter, countActive, activeWindowMinutes, now }: ReadCountsDependencies): Route =>
  async () => {
    const nowMs = now();
    const since = activeSince(nowMs, activeWindowMinutes);
    const [counter, active] = await Promise.all([readCounter(), countActive(since)]);
    return jsonResponse(200, {
      unique_session_count: counter.total,
      active_sessions: active,
      active_window_minutes: activeWindowMinutes,
      as_of: new Date(nowMs).toISOString(),
    });
  };
