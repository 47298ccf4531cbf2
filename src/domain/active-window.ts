import { CLOCK_SKEW_MS } from './clock-skew.ts';

/** When active sessions were last seen: a closed interval, ISO 8601 UTC with milliseconds. */
export interface ActiveWindow {
  readonly from: string;
  readonly until: string;
}

/**
 * When a session must have been seen to be active at `nowMs` (epoch milliseconds): less than
 * `activeWindowMinutes` ago, and no further ahead than the clock of ingest may run. Without that upper
 * bound, a session dated months ahead by a wrong clock would stay active for months. With it, sessions
 * dated by a wrong clock are not active until their next visit under a correct one.
 */
export const activeWindow = (nowMs: number, activeWindowMinutes: number): ActiveWindow => ({
  from: new Date(nowMs - activeWindowMinutes * 60_000 + 1).toISOString(),
  until: new Date(nowMs + CLOCK_SKEW_MS).toISOString(),
});
