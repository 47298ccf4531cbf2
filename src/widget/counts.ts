/** The total, the active sessions, the minutes of their window, and their time in epoch milliseconds. */
export type Counts = readonly [total: number, active: number, minutes: number, asOfMs: number];

/** Counts of which some may be unknown, in the same order. */
export type Readings = readonly (number | undefined)[];

/**
 * Parses any JSON value as a response of GET /counts. Returns false unless the counts are
 * non-negative integers and the time is valid. Never throws.
 */
export const parseCounts = (answer: unknown): Counts | false => {
  const { unique_session_count, active_sessions, active_window_minutes, as_of } = (answer ??
    {}) as Record<string, unknown>;
  const counts = [
    unique_session_count,
    active_sessions,
    active_window_minutes,
    // Date.parse would call an object's toString, which may be a number.
    typeof as_of === 'string' && Date.parse(as_of),
  ];
  return (
    counts.every((it) => Number.isSafeInteger(it) && (it as number) >= 0) &&
    (counts as unknown as Counts)
  );
};
