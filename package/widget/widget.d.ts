/** Attributes of `<session-counter>`. Each is optional if the script comes from the API; else set `api`. */
export interface SessionCounterAttributes {
  /** The name of the counter that the element counts and shows. Default: `site`, the counter of the whole site. */
  counter?: string | undefined;
  /** Shows the total of the counter, and does not count the page load. */
  readonly?: boolean | '' | undefined;
  /** The address of the API. Default: where the script came from. The first element applies to all. */
  api?: string | undefined;
  /** Seconds between two reads, at least 1, and about three days at most. Default: 60. The first element applies to all. */
  refresh?: number | string | undefined;
  /** Digits of the largest numbers that the element reserves space for. Default: 6. */
  digits?: number | string | undefined;
  /** Text; `#` is the number. Default: `# visitors, `. */
  visitors?: string | undefined;
  /** Text; `#` is the number, `@` the time window. Default: `# active in the last @`. */
  active?: string | undefined;
  /** Replaces `active` when the number is old; `@` is its time. Default: `# active at @`. */
  stale?: string | undefined;
  /** Text for readers who are not counted. Default: `, not counting you`. */
  ignored?: string | undefined;
  /** Replaces `visitors` for the number 1. Default: `# visitor, `. */
  'visitors-1'?: string | undefined;
  /** Replaces a text for this number only. */
  [text: `${'visitors' | 'active' | 'stale'}-${number}`]: string | undefined;
}

/**
 * The response of `GET /counts` for one counter, and the `detail` of the event `session-counts` on a page with one,
 * whose numbers include the reader's own visit.
 */
export interface SessionCounts {
  /** Distinct sessions, those of the baseline included. */
  unique_session_count: number;
  /** Sessions seen within the active window. */
  active_sessions: number;
  active_window_minutes: number;
  /**
   * The total contains no session that was first seen at or after this time: ISO 8601, UTC. In the event, it
   * may contain the reader's own. Missing from an older API.
   */
  counted_until?: string;
  /**
   * The active sessions contain no session that became active after this time: ISO 8601, UTC. In the event, they
   * may contain the reader's own. Missing from an older API.
   */
  active_until?: string;
  /** When the data was read: ISO 8601, UTC. No number is older. */
  as_of: string;
  /** With a baseline only: the part that this counter has counted, as it was read, without the reader's own visit. */
  counted_sessions?: number;
  /** The other part: how many sessions an older counter had counted, and the day on which it began, if known. */
  baseline?: { sessions: number; since?: string };
}

/**
 * The response of `GET /counts` for several counters or for totals, and the `detail` of the event `session-counts` on
 * a page with several counters or with `readonly` elements.
 */
export interface SeveralCounts {
  /** The numbers of each counter by its name, without those that the API does not know. */
  counters: Record<string, CounterNumbers>;
  active_window_minutes: number;
  /** When the data was read: ISO 8601, UTC. No number is older. */
  as_of: string;
}

/** The numbers of one counter among several; of a `readonly` element's, the total alone. */
export type CounterNumbers = Pick<
  SessionCounts,
  'unique_session_count' | 'counted_until' | 'counted_sessions' | 'baseline'
> &
  Partial<Pick<SessionCounts, 'active_sessions' | 'active_until'>>;

/** The response of `GET /history`. */
export interface SessionHistory {
  /** The last 90 days in UTC, or fewer. `new_sessions` had their first visit on that day. */
  days: { day: string; new_sessions: number }[];
  /** When the data was read: ISO 8601, UTC. */
  as_of: string;
}

/** What a page of a configured origin learns about its reader's session. Times are ISO 8601, UTC. */
export interface VisitEffect {
  /** Whether the first visit is less than 5 seconds old, so that the total may not contain it yet. */
  new_session: boolean;
  /** Whether the session was active before the visit. */
  was_active: boolean;
  /** The first visit, while it is recent: a total with an earlier `counted_until` does not contain it. */
  counted_since?: string;
  /** Active sessions with an earlier `active_until` do not contain the session. */
  active_since?: string;
}

/** The response of `POST /sessions`; a visit that is not counted has the filter that refused it. */
export type SessionVisit =
  | { counted: true }
  | ({ counted: true } & VisitEffect)
  | { counted: false; reason: string };

declare global {
  interface HTMLElementTagNameMap {
    'session-counter': HTMLElement;
  }
  interface WindowEventMap {
    /** Sent for every valid response. */
    'session-counts': CustomEvent<SessionCounts | SeveralCounts>;
  }
}
