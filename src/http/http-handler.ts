import middy from '@middy/core';
import httpCors from '@middy/http-cors';
import type { Context } from 'aws-lambda';
import { type AllowedOrigins, allowOrigin } from '../domain/allowed-origins.ts';
import type { Log } from '../log.ts';
import { type ApiEvent, type HttpRequest, parseHttpRequest } from './http-request.ts';
import { errorResponse, type HttpResponse } from './http-response.ts';
import { createRouter, type Routes, routedMethods } from './router.ts';

/** A Lambda handler behind API Gateway. Returns an answer to every event; never throws. */
export type HttpHandler = (event: Partial<ApiEvent>, context?: object) => Promise<HttpResponse>;

export interface HttpHandlerOptions {
  readonly routes: Routes;
  readonly allowedOrigins: AllowedOrigins;
  readonly log: Log;
}

/**
 * Wires routes into a handler that answers preflights, puts CORS headers on every status, 4xx and
 * 5xx included, and turns an error that nobody expected into a 500 that tells the client nothing.
 */
export const createHttpHandler = ({
  routes,
  allowedOrigins,
  log,
}: HttpHandlerOptions): HttpHandler => {
  const answer = middy<HttpRequest, HttpResponse>(createRouter(routes))
    .use(corsFor(allowedOrigins, routes))
    // After cors: error hooks run last to first, and cors needs an answer to put its headers on.
    .use({ onError: answerUnexpected(log) });
  return (event, context) => answer(parseHttpRequest(event), context as Context);
};

const PREFLIGHT_SECONDS = 86_400; // the longest that any browser keeps it (Firefox)

const corsFor = (allowed: AllowedOrigins, routes: Routes) =>
  httpCors({
    disableBeforePreflightResponse: false,
    getOrigin: (origin) => allowOrigin(allowed, origin || undefined) ?? '',
    methods: routedMethods(routes).join(','),
    headers: 'Content-Type',
    maxAge: PREFLIGHT_SECONDS,
    // A cache must not hand one origin's answer to another.
    ...(allowed === '*' ? {} : { vary: 'Origin' }),
  });

const answerUnexpected =
  (log: Log) =>
  (request: middy.Request<HttpRequest, HttpResponse>): void => {
    log.error('The request failed', request.error as Error);
    request.response = errorResponse(500, 'Something went wrong here; please try again later.');
  };
