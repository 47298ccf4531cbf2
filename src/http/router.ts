import type { HttpRequest } from './http-request.ts';
import { errorResponse, type HttpResponse } from './http-response.ts';

/**
 * Handles one method on one path. The signal aborts shortly before the timeout: by then the caller has
 * received a 503, so the route should do nothing more.
 */
export type Route = (request: HttpRequest, signal?: AbortSignal) => Promise<HttpResponse>;

/** Routes by path, then by upper-case method. */
export type Routes = Readonly<Record<string, Readonly<Record<string, Route>>>>;

/** Dispatches requests to routes; an unknown path is a 404, a wrong method a 405. */
export const createRouter =
  (routes: Routes): Route =>
  async (request, signal) => {
    const methods = ownValue(routes, request.path);
    if (methods === undefined) return errorResponse(404, 'Not found: there is no such path.');
    const route = ownValue(methods, request.httpMethod);
    return route?.(request, signal) ?? methodNotAllowed(Object.keys(methods));
  };

/** All methods of these routes, for the CORS preflight. */
export const routedMethods = (routes: Routes): string[] => [
  ...new Set(Object.values(routes).flatMap(Object.keys)),
];

// A path such as `__proto__` must not find inherited properties.
const ownValue = <Value>(
  record: Readonly<Record<string, Value>>,
  key: string,
): Value | undefined => (Object.hasOwn(record, key) ? record[key] : undefined);

const methodNotAllowed = (methods: string[]): HttpResponse => {
  const allowed = methods.join(', ');
  return errorResponse(405, `Method not allowed; this path supports ${allowed}.`, {
    Allow: allowed,
  });
};
