import { activeWindow } from './active-window.ts';
import type { SessionTouch } from './session-touch.ts';

/** The times of a session row as it was before a visit, ISO 8601 UTC. */
export interface SessionBefore {
  readonly firstSeen: string;
  readonly lastSeen: string;
}

/** What a visit changes, so that a page can add the visit to counts that were read too early. */
export interface VisitEffect {
  /** Whether the first visit is less than 5 seconds old: the projector may still have to count it. */
  readonly isNew: boolean;
  /** Whether the session was active before this visit. */
  readonly wasActive: boolean;
  /**
   * When the session was first seen, ISO 8601 UTC; undefined once that is longer ago than the active
   * window. A total whose `countedUntil` is earlier does not contain the session.
   */
  readonly countedSince: string | undefined;
  /**
   * When the session became active, ISO 8601 UTC; undefined if that is unknown. Active sessions that were
   * counted earlier do not contain it.
   */
  readonly activeSince: string | undefined;
}

// A second for the batching window, and a cold start.
const PROJECTION_MS = 5_000;

/**
 * Whether a visit started its session, whose row was `before`. When the response of a write is lost, the SDK repeats the
 * write, and then `before` is what its first attempt wrote.
 */
export const isFirstVisit = (
  { seenAt }: Pick<SessionTouch, 'seenAt'>,
  before: SessionBefore | undefined,
): boolean => before === undefined || before.firstSeen === seenAt;

/**
 * The effect of a visit on a session whose row was `before`; without one, there was no row. Undefined if it
 * is unknown: when the response of a write is lost, the SDK repeats the write, and then `before` is what
 * its first attempt wrote.
 */
export const effectOfVisit = (
  touch: Pick<SessionTouch, 'seenAt'>,
  before: SessionBefore | undefined,
  activeWindowMinutes: number,
): VisitEffect | undefined => {
  const { seenAt } = touch;
  if (before === undefined || isFirstVisit(touch, before)) return firstVisit(seenAt);
  if (before.lastSeen === seenAt) return undefined;
  const nowMs = Date.parse(seenAt);
  const { from, until } = activeWindow(nowMs, activeWindowMinutes);
  const isWithin = (time: string): boolean => from <= time && time <= until;
  const countedSince = isWithin(before.firstSeen) ? before.firstSeen : undefined;
  const wasActive = isWithin(before.lastSeen);
  return {
    isNew: countedSince !== undefined && nowMs - Date.parse(countedSince) < PROJECTION_MS,
    wasActive,
    countedSince,
    activeSince: wasActive ? countedSince : seenAt,
  };
};

const firstVisit = (seenAt: string): VisitEffect => ({
  isNew: true,
  wasActive: false,
  countedSince: seenAt,
  activeSince: seenAt,
});
