const FIRST_RETRY_MS = 5_000;
const LONGEST_WAIT_MS = 300_000;
const SECOND_MS = 1_000;

/**
 * Milliseconds to the next attempt, given how many failed in a row and how many came between the
 * visit's own and this one: as many seconds as `refresh` says, which is 60 unless it is a number;
 * sooner right after a visit, because the count follows it by a moment; ever later while the API
 * fails, up to five minutes. Never less than a second.
 */
export const delayAfter = (failures: number, attempts: number, refresh: string | null): number =>
  failures
    ? Math.min(FIRST_RETRY_MS * 2 ** (failures - 1), LONGEST_WAIT_MS)
    : Math.min(SECOND_MS * 4 ** attempts, SECOND_MS * Math.max(Number(refresh) || 60, 1));
