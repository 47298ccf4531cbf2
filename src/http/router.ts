import type { HttpRequest } from './http-request.ts';
import { errorResponse, type HttpResponse } from './http-response.ts';

/**
 * Answers one method on one path. The signal aborts when the time to answer is over: whatever the route
 * would still do, the caller has been told to come again.
 */
export type Route = (request: HttpRequest, signal?: AbortSignal) => Promise<HttpResponse>;

/** Routes by path, then by upper-case method. */
export type Routes = Readonly<Record<string, Readonly<Record<string, Route>>>>;

/** A function that answers by its routes: an unknown path with 404, a wrong method with 405. */
export const createRouter =
  (routes: Routes): Route =>
  async (request, signal) => {
    const methods = ownValue(routes, request.path);
    if (methods === undefined) return errorResponse(404, 'There is nothing at this address.');
    const route = ownValue(methods, request.httpMethod);
    return route?.(request, signal) ?? methodNotAllowed(Object.keys(methods));
  };

/** The methods that a function answers, for the CORS preflight. */
export const routedMethods = (routes: Routes): string[] => [
  ...new Set(Object.values(routes).flatMap(Object.keys)),
];

// A path such as `__proto__` must not find what every object inherits.
const ownValue = <Value>(
  record: Readonly<Record<string, Value>>,
  key: string,
): Value | undefined => (Object.hasOwn(record, key) ? record[key] : undefined);

const methodNotAllowed = (methods: string[]): HttpResponse => {
  const allowed = methods.join(', ');
  return errorResponse(405, `This address answers ${allowed} only.`, { Allow: allowed });
};
