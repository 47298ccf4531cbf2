/** Total, active sessions, minutes of their window, and the time of all that in milliseconds. */
export type Counts = readonly [total: number, active: number, minutes: number, asOfMs: number];

/** The same as far as they are known, in the same order. */
export type Readings = readonly (number | undefined)[];

/**
 * The counts in an answer of GET /counts, whatever it holds; false unless they are whole numbers
 * that are not negative, and a time. Never throws on what JSON can hold.
 */
export const parseCounts = (answer: unknown): Counts | false => {
  const { unique_session_count, active_sessions, active_window_minutes, as_of } = (answer ??
    {}) as Record<string, unknown>;
  const counts = [
    unique_session_count,
    active_sessions,
    active_window_minutes,
    // An object would be asked for its toString, which may be a number.
    typeof as_of === 'string' && Date.parse(as_of),
  ];
  return (
    counts.every((it) => Number.isSafeInteger(it) && (it as number) >= 0) &&
    (counts as unknown as Counts)
  );
};
