/** When a session must have been seen to be active at `nowMs`: later than this ISO 8601 instant. */
export const activeSince = (nowMs: number, activeWindowMinutes: number): string =>
  new Date(nowMs - activeWindowMinutes * 60_000).toISOString();
