import { MOST_VISITED, SITE } from '../domain/counter-name.ts';
import { parseCounterNames } from '../http/counter-names.ts';
import { errorResponse } from '../http/http-response.ts';
import type { Route } from '../http/router.ts';
import type { CountVisits } from './count-visits.ts';
import { respondToVisits } from './respond-to-visits.ts';

/**
 * Handles POST /sessions: counts the visit in the counters that `counter` names, by default in that of the site.
 * Responds 400 to too many names, and when none of them is valid; otherwise like `respondToVisits`, and throws like it.
 */
export const createPostVisit =
  (countVisits: CountVisits): Route =>
  async (request, signal) => {
    const names = parseCounterNames('counter', request.query.counter, MOST_VISITED);
    if ('error' in names) return errorResponse(400, names.error);
    const counters = names.length === 0 ? [SITE] : names;
    return respondToVisits(await countVisits(request, counters, signal));
  };
