// Timers are limited to 24 days; a longer one fires at once.
const LONGEST_S = 86_400;
const LONGEST_RETRY_S = 300;

/**
 * Seconds until the next read, given the number of reads since the visit. Normally `refresh`, or 60 if that
 * is not a number: at least a second, at most a day. Sooner after the first reads, because the count
 * follows the visit a moment later.
 */
export const refreshAfter = (reads: number, refresh: string | null): number =>
  Math.min(4 ** reads, Math.max(+(refresh as string) || 60, 1), LONGEST_S);

/** So many reads that the next one follows after `refresh`, however long that is. */
export const SETTLED = 9;

/** Seconds until the next attempt after that many consecutive failures: 5 at first, 300 at most. */
export const retryAfter = (failures: number): number =>
  Math.min(2.5 * 2 ** failures, LONGEST_RETRY_S);
