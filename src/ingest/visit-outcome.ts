import type { RefusalReason } from '../domain/refusal-reason.ts';
import {
  errorResponse,
  type HttpResponse,
  jsonResponse,
  unavailableResponse,
} from '../http/http-response.ts';

/** The outcome of a visit; a failed visit throws instead. */
export type VisitOutcome = 'counted' | Exclude<RefusalReason, 'failure'>;

/**
 * The response to POST /sessions: 202 when the visit is counted, or was filtered, with the reason; 403 for
 * an origin that is not allowed; 503 while there is no key.
 */
export const respondToVisit = (outcome: VisitOutcome): HttpResponse => {
  switch (outcome) {
    case 'counted':
      return jsonResponse(202, { counted: true });
    case 'origin':
      return errorResponse(403, 'This origin is not allowed to count visits.');
    case 'no-key':
      return unavailableResponse('Visits cannot be counted: the hash key is missing.');
    default:
      return jsonResponse(202, { counted: false, reason: outcome });
  }
};
