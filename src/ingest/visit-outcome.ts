import type { RefusalReason } from '../domain/refusal-reason.ts';
import {
  errorResponse,
  type HttpResponse,
  jsonResponse,
  unavailableResponse,
} from '../http/http-response.ts';

/** What became of a visit; one that failed has no outcome, it throws. */
export type VisitOutcome = 'counted' | Exclude<RefusalReason, 'failure'>;

/**
 * The answer to POST /sessions: 202 when the visit is counted, and also when it is not to be
 * counted, with the reason; 403 for a page that may not count here; 503 while there is no key.
 */
export const answerVisit = (outcome: VisitOutcome): HttpResponse => {
  switch (outcome) {
    case 'counted':
      return jsonResponse(202, { counted: true });
    case 'origin':
      return errorResponse(403, 'Pages of this origin may not count visits here.');
    case 'no-key':
      return unavailableResponse('Visits cannot be counted: there is no hash key.');
    default:
      return jsonResponse(202, { counted: false, reason: outcome });
  }
};
