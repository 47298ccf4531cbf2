import { MOST_VISITED, SITE } from '../domain/counter-name.ts';
import { parseCounterNames } from '../http/counter-names.ts';
import { errorResponse } from '../http/http-response.ts';
import type { Route } from '../http/router.ts';
import type { Log } from '../runtime/log.ts';
import type { CountVisits } from './count-visits.ts';
import { respondToVisits } from './respond-to-visits.ts';
import { isFailed } from './visit-outcome.ts';

export interface PostVisitDependencies {
  readonly countVisits: CountVisits;
  readonly log: Pick<Log, 'error'>;
}

/**
 * Handles POST /sessions: counts the visit in the counters that `counter` names, by default in that of the site.
 * Responds 400 to too many names, and when none of them is valid; otherwise like `respondToVisits`, and throws like it.
 */
export const createPostVisit =
  ({ countVisits, log }: PostVisitDependencies): Route =>
  async (request, signal) => {
    const names = parseCounterNames('counter', request.query.counter, MOST_VISITED);
    if ('error' in names) return errorResponse(400, names.error);
    const outcomes = await countVisits(request, names.length === 0 ? [SITE] : names, signal);
    const response = respondToVisits(outcomes);
    // An error that is thrown is logged where it is caught.
    for (const { error } of [...outcomes.values()].filter(isFailed)) {
      log.error('A visit was counted in a part of its counters only', error as Error);
    }
    return response;
  };
