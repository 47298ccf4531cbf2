// A timer takes no more than 24 days, and runs at once when it is given more.
const LONGEST_S = 86_400;
const LONGEST_RETRY_S = 300;

/**
 * Milliseconds to the next attempt, given how many failed in a row and how many came between the
 * visit's own and this one: as many seconds as `refresh` says, which is 60 unless it is a number;
 * sooner right after a visit, because the count follows it by a moment; ever later while the API
 * fails, from 5 seconds up to five minutes. Never less than a second, never more than a day.
 */
export const delayAfter = (failures: number, attempts: number, refresh: string | null): number =>
  1000 *
  (failures
    ? Math.min(2.5 * 2 ** failures, LONGEST_RETRY_S)
    : Math.min(4 ** attempts, Math.max(Number(refresh) || 60, 1), LONGEST_S));
