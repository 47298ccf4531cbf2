import {
  admissionOf,
  type CounterList,
  MOST_COUNTS,
  MOST_TOTALS,
  SITE,
} from '../domain/counter-name.ts';
import { parseCounterNames, refuseNames, splitCounterNames } from '../http/counter-names.ts';
import type { HttpRequest } from '../http/http-request.ts';
import { errorResponse, type HttpResponse } from '../http/http-response.ts';

/** A request for both numbers of one counter. */
export interface OneCounter {
  readonly counter: string;
}

/** A request for a list of counters; no counter is in both. */
export interface SeveralCounters {
  /** Those whose two numbers are asked for. */
  readonly counters: readonly string[];
  /** Those whose total alone is asked for. */
  readonly totals: readonly string[];
}

type Query = HttpRequest['query'];

/**
 * The counters that GET /counts is asked for: by the parameter `counter` with both numbers, by `total` with the total
 * alone, and without either the site's. Names that the deployment does not admit, and texts that are no names, are left
 * out of several. Or the response to a request without an answer: 400 for too many names, or when none of them is one;
 * 404 when none is admitted.
 */
export const parseAskedCounters = (
  query: Query,
  list: CounterList,
): OneCounter | SeveralCounters | HttpResponse => {
  const names = splitQuery(query);
  if ('error' in names) return errorResponse(400, names.error);
  const { named, others } = names;
  const [name = SITE, ...more] = named;
  if (more.length + others.length === 0) return admitOne(name, list);
  const isAdmitted = (name: string) => admissionOf(name, list) !== undefined;
  const counters = named.filter(isAdmitted);
  const totals = others.filter((name) => isAdmitted(name) && !counters.includes(name));
  return counters.length + totals.length > 0 ? { counters, totals } : unknownCounter();
};

const splitQuery = (query: Query) => {
  const named = splitCounterNames('counter', query.counter, MOST_COUNTS);
  if ('error' in named) return named;
  const others = splitCounterNames('total', query.total, MOST_TOTALS);
  if ('error' in others) return others;
  const parameter = named.length > 0 ? 'counter' : 'total';
  return refuseNames(parameter, [...named, ...others]) ?? { named, others };
};

/** The one counter that a request asks for, by default the site's; or the response 400 or 404. */
export const parseAskedCounter = (query: Query, list: CounterList): OneCounter | HttpResponse => {
  const names = parseCounterNames('counter', query.counter, 1);
  if ('error' in names) return errorResponse(400, names.error);
  const [name = SITE] = names;
  return admitOne(name, list);
};

const admitOne = (counter: string, list: CounterList): OneCounter | HttpResponse =>
  admissionOf(counter, list) ? { counter } : unknownCounter();

const unknownCounter = (): HttpResponse =>
  errorResponse(404, 'No such counter: the setting COUNTERS of this deployment does not admit it.');
