import middy from '@middy/core';
import httpCors from '@middy/http-cors';
import type { Context } from 'aws-lambda';
import { type AllowedOrigins, allowOrigin } from '../domain/allowed-origins.ts';
import type { Log } from '../runtime/log.ts';
import { type ApiEvent, type HttpRequest, parseHttpRequest } from './http-request.ts';
import { errorResponse, type HttpResponse, unavailableResponse } from './http-response.ts';
import { createRouter, type Routes, routedMethods } from './router.ts';

/** What middy gives a handler beside its event: a signal that aborts when time is nearly over. */
type OutOfTime = { readonly signal: AbortSignal };

/** A Lambda handler behind API Gateway. Returns an answer to every event; never throws. */
export type HttpHandler = (event: Partial<ApiEvent>, context?: object) => Promise<HttpResponse>;

export interface HttpHandlerOptions {
  readonly routes: Routes;
  readonly allowedOrigins: AllowedOrigins;
  readonly log: Log;
}

/**
 * Wires routes into a handler that answers preflights and puts CORS headers on every status, 4xx
 * and 5xx included. When AWS fails, or the function's time is nearly over, it answers 503 with
 * Retry-After; any other error is a 500. Neither tells the client more than that.
 */
export const createHttpHandler = ({
  routes,
  allowedOrigins,
  log,
}: HttpHandlerOptions): HttpHandler => {
  const route = createRouter(routes);
  const answer = middy<HttpRequest, HttpResponse>(
    (request: HttpRequest, _context: Context, { signal }: OutOfTime) => route(request, signal),
    { timeoutEarlyInMillis: TIME_TO_ANSWER_MS },
  )
    .use(corsFor(allowedOrigins, routes))
    // After cors: error hooks run last to first, and cors needs an answer to put its headers on.
    .use({ onError: answerUnexpected(log) });
  return (event, context) => answer(parseHttpRequest(event), context as Context);
};

const TIME_TO_ANSWER_MS = 250;
const PREFLIGHT_SECONDS = 86_400; // the longest that any browser keeps it (Firefox)

const corsFor = (allowed: AllowedOrigins, routes: Routes) =>
  httpCors({
    disableBeforePreflightResponse: false,
    getOrigin: (origin) => allowOrigin(allowed, origin || undefined) ?? '',
    methods: routedMethods(routes).join(','),
    headers: 'Content-Type',
    exposeHeaders: 'Retry-After',
    maxAge: PREFLIGHT_SECONDS,
    // A cache must not hand one origin's answer to another.
    ...(allowed === '*' ? {} : { vary: 'Origin' }),
  });

const answerUnexpected =
  (log: Log) =>
  (request: middy.Request<HttpRequest, HttpResponse>): void => {
    log.error('The request failed', request.error as Error);
    request.response = isUnavailable(request.error)
      ? unavailableResponse('The counter is not available now; please try again later.')
      : errorResponse(500, 'Something went wrong here; please try again later.');
  };

// The SDK puts $metadata on whatever ends a call, a broken connection included; middy names its
// own error when Lambda's time is nearly over.
const isUnavailable = (error: unknown): boolean =>
  error instanceof Error && ('$metadata' in error || error.name === 'TimeoutError');
