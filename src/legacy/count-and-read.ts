import { shownTotal } from '../domain/baseline.ts';
import { countedUntil } from '../domain/counted-until.ts';
import { SITE } from '../domain/counter-name.ts';
import type { VisitEffect } from '../domain/visit-effect.ts';
import { jsonResponse } from '../http/http-response.ts';
import type { Route } from '../http/router.ts';
import type { CountVisits } from '../ingest/count-visits.ts';
import { respondToVisits } from '../ingest/respond-to-visits.ts';
import { isCounted, type VisitOutcome } from '../ingest/visit-outcome.ts';
import type { Readers } from '../query/readers.ts';

export interface CountAndReadDependencies {
  readonly countVisits: CountVisits;
  readonly readers: Readers;
  readonly activeWindowMinutes: number;
}

/**
 * Handles GET /: counts the visit of the site, then reads both of its numbers, never cached. A filtered visit gets the
 * numbers, too; a visit that is refused otherwise gets the response of POST /sessions, and nothing is
 * read. Throws when either step fails. Repeating the request is safe, also after only the reading
 * failed: it is a visit of the same session.
 *
 * The reading waits for the write: nothing is read for a refused visit, and the active sessions
 * usually include this one; the cache and the index may lag for a moment. To a page of a configured
 * origin, both numbers include it. To others the total includes it once the projector has counted it,
 * about a second later.
 */
export const createCountAndRead =
  ({ countVisits, readers, activeWindowMinutes }: CountAndReadDependencies): Route =>
  async (request, signal) => {
    const outcomes = await countVisits(request, [SITE], signal);
    const visit = respondToVisits(outcomes);
    if (visit.statusCode >= 400) return visit;
    const [counter, active] = await Promise.all([
      readers.counter.read(SITE),
      readers.active.read(SITE),
    ]);
    const { countedSince, activeSince } = effectOf(outcomes.get(SITE));
    const until = countedUntil(counter.value, counter.readUntilMs, activeWindowMinutes);
    const activeUntil = new Date(active.readUntilMs).toISOString();
    return jsonResponse(200, {
      message: describeOutcome(outcomes.get(SITE)),
      unique_session_count: shownTotal(counter.value) + missing(countedSince, until),
      active_sessions: active.value + missing(activeSince, activeUntil),
    });
  };

const effectOf = (outcome: VisitOutcome | undefined): Partial<VisitEffect> =>
  (outcome && isCounted(outcome) && outcome.effect) || {};

/** 1 for a session that is in numbers only since a time after `readUntil`, both ISO 8601 UTC; else 0. */
const missing = (since: string | undefined, readUntil: string): number =>
  since !== undefined && since > readUntil ? 1 : 0;

const describeOutcome = (outcome: VisitOutcome | undefined): string =>
  typeof outcome === 'string' ? `Session not counted: ${outcome}` : 'Session counted';
