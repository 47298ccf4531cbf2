import middy from '@middy/core';
import httpCors from '@middy/http-cors';
import type { Context } from 'aws-lambda';
import { type AllowedOrigins, allowOrigin } from '../domain/allowed-origins.ts';
import type { Prepared } from '../runtime/entry-point.ts';
import type { Log } from '../runtime/log.ts';
import { type ApiEvent, type HttpRequest, parseHttpRequest } from './http-request.ts';
import { errorResponse, type HttpResponse, unavailableResponse } from './http-response.ts';
import { createRouter, type Routes, routedMethods } from './router.ts';

/** What middy passes to a handler in addition to the event: a signal that aborts shortly before the timeout. */
type EarlyTimeout = { readonly signal: AbortSignal };

/** A Lambda handler behind API Gateway. Returns a response to every event; never throws. */
export type HttpHandler = (event: Partial<ApiEvent>, context?: object) => Promise<HttpResponse>;

/** Such a handler, and what it can do before its first request. */
export type PreparedHttpHandler = Prepared<HttpHandler>;

export interface HttpHandlerOptions {
  readonly routes: Routes;
  readonly allowedOrigins: AllowedOrigins;
  readonly log: Log;
}

/**
 * A handler for these routes. It answers preflight requests and adds CORS headers to every response,
 * including 4xx and 5xx. When AWS fails, or shortly before the function times out, it responds 503 with
 * Retry-After; any other error is a 500. Neither reveals the cause to the client.
 */
export const createHttpHandler = ({
  routes,
  allowedOrigins,
  log,
}: HttpHandlerOptions): HttpHandler => {
  const route = createRouter(routes);
  const answer = middy<HttpRequest, HttpResponse>(
    (request: HttpRequest, _context: Context, { signal }: EarlyTimeout) => route(request, signal),
    { timeoutEarlyInMillis: TIME_TO_RESPOND_MS },
  )
    .use(corsFor(allowedOrigins, routes))
    // After cors: error hooks run in reverse order, and cors needs a response to add its headers to.
    .use({ onError: respondToError(log) });
  return (event, context) => answer(parseHttpRequest(event), context as Context);
};

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
