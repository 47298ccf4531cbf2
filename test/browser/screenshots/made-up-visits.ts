import type { SessionTouch } from '../../../src/domain/session-touch.ts';
import { touchSession } from '../../../src/domain/session-touch.ts';
import { INTEGER_RANGES } from '../../../src/settings/allowed-values.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** New sessions of the last 30 days, oldest first: a quiet month with a peak after a talk. */
const NEW_SESSIONS = [
  ...[4, 6, 3, 2, 5, 7, 4, 3, 6, 9],
  ...[8, 5, 4, 0, 3, 6, 31, 44, 27, 18],
  ...[12, 9, 11, 7, 8, 13, 10, 8, 6, 5],
];

const ACTIVE = 3;

/** The first visits of a made-up month up to `nowMs`; the last few are still active. */
export const madeUpVisits = (nowMs: number): SessionTouch[] =>
  NEW_SESSIONS.flatMap((count, index) => {
    const daysAgo = NEW_SESSIONS.length - 1 - index;
    return Array.from({ length: count }, (_, number) => {
      const isActive = daysAgo === 0 && number < ACTIVE;
      const seenMs = isActive
        ? nowMs - number * MINUTE_MS
        : nowMs - daysAgo * DAY_MS - 2 * 60 * MINUTE_MS;
      return touchSession(`made up ${index} ${number}`, seenMs, {
        activeShards: INTEGER_RANGES.ACTIVE_SHARDS.default,
        touchIntervalSeconds: 0,
        retentionDays: 0,
      });
    });
  });
