import { NAME_MAX_LENGTH } from '../domain/counter-name.ts';
import { type HttpResponse, jsonResponse } from '../http/http-response.ts';
import { describeVisit, isFailed, respondToVisit, type VisitOutcomes } from './visit-outcome.ts';

/**
 * The response to POST /sessions. For one counter it is that of `respondToVisit`; for several, 202 with the outcome in
 * each of them. Throws the error if one of them failed, so that the client sends the request again, and the alarm for
 * failed requests sees it. A repeated visit is not counted twice, because it finds its own session row.
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
  if (failed) throw failed.error;
  const counters = [...outcomes]
    .filter(([name]) => name.length <= NAME_MAX_LENGTH)
    .map(([name, outcome]) => [name, describeVisit(outcome)] as const);
  // Own properties, whatever they are called: `__proto__` is no prototype.
  return jsonResponse(202, { counters: Object.fromEntries(counters) });
};
