import { NAME_MAX_LENGTH } from '../domain/counter-name.ts';
import { type HttpResponse, jsonResponse } from '../http/http-response.ts';
import {
  describeVisit,
  isCounted,
  isFailed,
  respondToVisit,
  type VisitOutcomes,
} from './visit-outcome.ts';

/**
 * The response to POST /sessions. For one counter it is that of `respondToVisit`; for several, 202 with the outcome in
 * each of them. If nothing was counted because of a failure, it throws the error, and the client sends all again.
 *
 * If a part was counted, the response is 202 and names what was not, with the reason `failure`, so that a client sends
 * only that part again. A repeated visit would not be counted twice, because it finds its own session row; but each
 * costs a write.
 *
 * A text that is no name is in the response as an unknown counter; one that is longer than a name is not, so that the
 * response has a limit.
 */
export const respondToVisits = (outcomes: VisitOutcomes): HttpResponse => {
  const all = [...outcomes.values()];
  const [first] = all;
  // Either is the outcome in every counter.
  const isOne = all.length === 1 || first === 'origin' || first === 'no-key';
  if (first !== undefined && isOne) return respondToVisit(first);
  const failed = all.find(isFailed);
  if (failed && !all.some(isCounted)) throw failed.error;
  const counters = [...outcomes]
    .filter(([name]) => name.length <= NAME_MAX_LENGTH)
    .map(([name, outcome]) => [name, describeVisit(outcome)] as const);
  // Own properties, whatever they are called: `__proto__` is no prototype.
  return jsonResponse(202, { counters: Object.fromEntries(counters) });
};
