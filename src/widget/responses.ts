/**
 * What a response of POST /sessions says about one counter. An older API, or one for pages of every origin, sends
 * `counted` only. The types do not say so, because a comparison with a missing time is false, as it should be.
 */
export interface Visit {
  readonly counted: boolean;
  /** Whether the total may not contain the session yet. */
  readonly new_session: boolean | undefined;
  /** The session is not in a total whose `counted_until` is earlier. ISO 8601 UTC, like all times here. */
  readonly counted_since: string;
  /** The session is not among active sessions whose `active_until` is earlier. */
  readonly active_since: string;
}

/** What a response of GET /counts says about one counter. */
export interface CounterNumbers {
  unique_session_count: number;
  /** Missing if the total alone was asked for. */
  active_sessions: number;
  readonly counted_until: string;
  readonly active_until: string;
}

/** The total, the active sessions, the minutes of their window, and their time in epoch milliseconds. */
export type Counts = readonly [number, number, number, number] | [];

/** The part of a response of GET /counts that is the same for all counters. */
export interface Answer {
  readonly active_window_minutes: number;
  readonly as_of: string;
}

/** Takes what a response says about one counter; returns whether that is valid. */
export type Take<Part> = (name: string, part: Part, answer: Answer) => unknown;

/** Until a visit is counted. It is falsy, and has none of the fields. */
export const NO_VISIT = 0 as unknown as Visit;
