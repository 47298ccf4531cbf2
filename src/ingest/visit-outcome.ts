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

/** A visit of which nobody knows whether its session row was written. */
export interface FailedVisit {
  readonly error: unknown;
}

/** Why a visit is not counted, if nothing failed. */
export type RefusedVisit = Exclude<RefusalReason, 'failure'>;

/** The outcome of a visit in one counter. */
export type VisitOutcome = CountedVisit | FailedVisit | RefusedVisit;

/** The outcomes of a visit by counter, in the order in which the request names them. */
export type VisitOutcomes = ReadonlyMap<string, VisitOutcome>;

export const isCounted = (outcome: VisitOutcome): outcome is CountedVisit =>
  typeof outcome === 'object' && 'effect' in outcome;

export const isFailed = (outcome: VisitOutcome): outcome is FailedVisit =>
  typeof outcome === 'object' && 'error' in outcome;

/** The reason under which a visit that is not counted is measured; undefined for a counted one. */
export const reasonOf = (outcome: VisitOutcome): RefusalReason | undefined => {
  if (typeof outcome === 'string') return outcome;
  return isFailed(outcome) ? 'failure' : undefined;
};

/**
 * The response to a visit in one counter: 202 when it is counted, and also, with the reason, when a filter or a limit
 * refuses it; 403 for an origin that is not allowed; 404 for a counter that the deployment does not admit; 503 while
 * there is no key. Throws the error of a failed visit.
 */
export const respondToVisit = (outcome: VisitOutcome): HttpResponse => {
  if (isFailed(outcome)) throw outcome.error;
  switch (outcome) {
    case 'origin':
      return errorResponse(403, 'This origin is not allowed to count visits.');
    case 'no-key':
      return unavailableResponse('Visits cannot be counted: the hash key is missing.');
    case 'unknown-counter':
      return errorResponse(404, UNKNOWN_COUNTER);
    default:
      return jsonResponse(202, describeVisit(outcome));
  }
};

const UNKNOWN_COUNTER =
  'No such counter: the setting COUNTERS of this deployment does not admit it.';

/** The outcome of a visit in one counter, as responses describe it. */
export const describeVisit = (outcome: VisitOutcome): object =>
  isCounted(outcome) ? describeCounted(outcome) : { counted: false, reason: reasonOf(outcome) };

const describeCounted = ({ effect }: CountedVisit): object => ({
  counted: true,
  ...(effect && {
    new_session: effect.isNew,
    was_active: effect.wasActive,
    counted_since: effect.countedSince,
    active_since: effect.activeSince,
  }),
});
