/** What GET /counts answers; the detail of the `counts` event. */
export interface Counts {
  readonly unique_session_count: number;
  readonly active_sessions: number;
  readonly active_window_minutes: number;
  /** ISO 8601 UTC. */
  readonly as_of: string;
}

// A request that hangs would end the refreshing for good, so it becomes a failed one.
const TIMEOUT_MS = 10_000;

/** The JSON that the API answers to a request without preflight. Throws when it fails. */
export const request = async (address: string, options?: RequestInit) => {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const response = await fetch(address, { ...options, signal });
  if (!response.ok) throw 0;
  return response.json();
};

/** The counts of now. Throws when the API is not to be reached, or answers anything else. */
export const readCounts = async (api: string): Promise<Counts> => {
  const counts = await request(`${api}/counts`);
  if (counts.unique_session_count >= 0) return counts;
  throw 0;
};
