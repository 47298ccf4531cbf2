// Timers are limited to 24 days; a longer one fires at once.
const LONGEST_S = 86_400;
const LONGEST_RETRY_S = 300;

/**
 * Milliseconds until the next attempt, given the consecutive failures and the number of attempts
 * since the visit. Normally `refresh` seconds, or 60 if that is not a number. Sooner right after a
 * visit, because the count follows it a moment later. While the API fails, it backs off from 5
 * seconds to five minutes. Never less than a second or more than a day.
 */
export const delayAfter = (failures: number, attempts: number, refresh: string | null): number =>
  1000 *
  (failures
    ? Math.min(2.5 * 2 ** failures, LONGEST_RETRY_S)
    : Math.min(4 ** attempts, Math.max(Number(refresh) || 60, 1), LONGEST_S));
