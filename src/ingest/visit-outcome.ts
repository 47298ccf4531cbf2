import type { RefusalReason } from '../domain/refusal-reason.ts';
import type { VisitEffect } from '../domain/visit-effect.ts';
import {
  errorResponse,
  type HttpResponse,
  jsonResponse,
  unavailableResponse,
} from '../http/http-response.ts';

/** A visit whose session row is written. */
export interface CountedVisit {
  /** Undefined if it is unknown, or not for this page. */
  readonly effect: VisitEffect | undefined;
}

/** The outcome of a visit: counted, or why not; a failed visit throws instead. */
export type VisitOutcome = CountedVisit | Exclude<RefusalReason, 'failure'>;

/**
 * The response to POST /sessions: 202 when the visit is counted, or was filtered, with the reason; 403 for
 * an origin that is not allowed; 503 while there is no key.
 */
export const respondToVisit = (outcome: VisitOutcome): HttpResponse => {
  if (typeof outcome === 'object') return jsonResponse(202, countedBody(outcome));
  switch (outcome) {
    case 'origin':
      return errorResponse(403, 'This origin is not allowed to count visits.');
    case 'no-key':
      return unavailableResponse('Visits cannot be counted: the hash key is missing.');
    default:
      return jsonResponse(202, { counted: false, reason: outcome });
  }
};

const countedBody = ({ effect }: CountedVisit): object => ({
  counted: true,
  ...(effect && {
    new_session: effect.isNew,
    was_active: effect.wasActive,
    counted_since: effect.countedSince,
    active_since: effect.activeSince,
  }),
});
