import { CLOCK_SKEW_MS } from './clock-skew.ts';

/** When active sessions were seen last; both instants are in it, ISO 8601 UTC with milliseconds. */
export interface ActiveWindow {
  readonly from: string;
  readonly until: string;
}

/**
 * When a session must have been seen to be active at `nowMs`, epoch milliseconds: less than so many
 * minutes ago, and no later than the clock of ingest may be ahead. Without that end, sessions that a
 * clock months ahead has dated would be active until then. While its clock is further ahead nobody is
 * active; the next visit by a clock that is right makes a session active again.
 */
export const activeWindow = (nowMs: number, activeWindowMinutes: number): ActiveWindow => ({
  from: new Date(nowMs - activeWindowMinutes * 60_000 + 1).toISOString(),
  until: new Date(nowMs + CLOCK_SKEW_MS).toISOString(),
});
