const LEAST_MS = 5_000;

/**
 * How long the page waits before it reads again, in milliseconds: five seconds, and half a minute for a week, whose data
 * the counter needs a quarter of a second to collect.
 */
export const refreshDelay = (rangeMs: number): number => Math.max(LEAST_MS, rangeMs / 20_000);
