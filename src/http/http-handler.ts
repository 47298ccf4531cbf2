import middy from '@middy/core';
import httpCors from '@middy/http-cors';
import type { Context } from 'aws-lambda';
import { type AllowedOrigins, allowOrigin } from '../domain/allowed-origins.ts';
import type { Log } from '../runtime/log.ts';
import { behindEdge, type EdgeCheck } from './behind-edge.ts';
import { readEdgeHeaders } from './edge-headers.ts';
import { type ApiEvent, type HttpRequest, parseHttpRequest } from './http-request.ts';
import { errorResponse, type HttpResponse, unavailableResponse } from './http-response.ts';
import { createRouter, type Routes, routedMethods } from './router.ts';

/** What middy passes to a handler in addition to the event: a signal that aborts shortly before the timeout. */
type EarlyTimeout = { readonly signal: AbortSignal };

/** A Lambda handler behind API Gateway. Returns a response to every event; never throws. */
export type HttpHandler = (event: Partial<ApiEvent>, context?: object) => Promise<HttpResponse>;

export interface HttpHandlerOptions {
  readonly routes: Routes;
  readonly allowedOrigins: AllowedOrigins;
  readonly log: Log;
  /** Behind an edge only. */
  readonly edge?: EdgeCheck;
}

/**
 * A handler for these routes. It answers preflight requests and adds CORS headers to every response,
 * including 4xx and 5xx. When AWS fails, or shortly before the function times out, it responds 503 with
 * Retry-After; any other error is a 500. Neither reveals the cause to the client.
 *
 * Behind an edge, every other request must come through it. A preflight request is answered without a check: the
 * answer depends on the settings only, and reveals and changes nothing.
 */
export const createHttpHandler = ({
  routes,
  allowedOrigins,
  log,
  edge,
}: HttpHandlerOptions): HttpHandler => {
  const router = createRouter(routes);
  const route = edge ? behindEdge(edge, router) : router;
  const parse = edge ? parseEdgeRequest : parseHttpRequest;
  const answer = middy<HttpRequest, HttpResponse>(
    (request: HttpRequest, _context: Context, { signal }: EarlyTimeout) => route(request, signal),
    { timeoutEarlyInMillis: TIME_TO_RESPOND_MS },
  )
    .use(corsFor(allowedOrigins, routes))
    // After cors: error hooks run in reverse order, and cors needs a response to add its headers to.
    .use({ onError: respondToError(log) });
  return (event, context) => answer(parse(event), context as Context);
};

const parseEdgeRequest = (event: unknown): HttpRequest => ({
  ...parseHttpRequest(event),
  edge: readEdgeHeaders(event),
});

const TIME_TO_RESPOND_MS = 250;
const PREFLIGHT_SECONDS = 86_400; // the longest that any browser caches it (Firefox)

const corsFor = (allowed: AllowedOrigins, routes: Routes) =>
  httpCors({
    disableBeforePreflightResponse: false,
    getOrigin: (origin) => allowOrigin(allowed, origin || undefined) ?? '',
    methods: routedMethods(routes).join(','),
    headers: 'Content-Type',
    exposeHeaders: 'Retry-After',
    maxAge: PREFLIGHT_SECONDS,
    // A cache must not serve one origin's response to another.
    ...(allowed === '*' ? {} : { vary: 'Origin' }),
  });

const respondToError =
  (log: Log) =>
  (request: middy.Request<HttpRequest, HttpResponse>): void => {
    log.error('The request failed', request.error as Error);
    request.response = isUnavailable(request.error)
      ? unavailableResponse('The counter is currently unavailable; please try again later.')
      : errorResponse(500, 'Something went wrong here; please try again later.');
  };

// The SDK adds $metadata to every error of a call, broken connections included; TimeoutError is the name
// of middy's error shortly before Lambda's timeout.
const isUnavailable = (error: unknown): boolean =>
  error instanceof Error && ('$metadata' in error || error.name === 'TimeoutError');
