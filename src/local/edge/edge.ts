import type { IncomingMessage } from 'node:http';
import { hasMatch } from '../../http/negotiation.ts';
import type { LocalResponse, RequestHandler } from '../http-server/handle-request.ts';
import { publicErrorResponse } from '../http-server/public-error-response.ts';
import { askOrigin } from './ask-origin.ts';
import { type BehaviorOptions, findBehavior, withoutPrefix } from './behavior.ts';
import { createEdgeCache, type OriginAnswer } from './edge-cache.ts';
import { freshSeconds } from './fresh-seconds.ts';
import { cacheKey, toOriginRequest, type ViewerRequest } from './origin-request.ts';

export interface EdgeOptions extends BehaviorOptions {
  /** The paths below it are those of the counter; without a trailing slash, such as `/counter`. */
  readonly prefix: string;
  /** The base URL of the counter. */
  readonly counterUrl: string;
  /** What the edge sends to the counter, so that it knows where a request comes from. */
  readonly secret: string;
  /** Answers requests for all other paths. */
  readonly site: RequestHandler;
  /** Epoch milliseconds. */
  readonly now?: () => number;
  /** How long the counter may take to answer, milliseconds. */
  readonly timeoutMs?: number;
}

// That of CloudFront.
const TIMEOUT_MS = 30_000;

/**
 * An edge in front of a site and a counter, which does what CloudFront does with the behaviors of a deployment: it
 * forwards a request with some of its headers and parameters, the address of the viewer and the secret, and keeps
 * answers. Unlike CloudFront it compresses nothing, keeps nothing of the site, and never answers with what is expired.
 * The handler never rejects: a counter that does not answer is a 502, or after 30 seconds
 * a 504.
 */
export const createEdge = ({
  prefix,
  site,
  now = Date.now,
  timeoutMs = TIMEOUT_MS,
  ...options
}: EdgeOptions) => {
  const cache = createEdgeCache(now);
  const answer = async (request: ViewerRequest): Promise<LocalResponse> => {
    const { method, path, headers } = request;
    const behavior = findBehavior(path, options);
    if (behavior.methods && !behavior.methods.includes(method)) return notAllowed();
    const forwarded = toOriginRequest(request, behavior, options.secret);
    const ask = async (): Promise<OriginAnswer> => {
      const signal = AbortSignal.timeout(timeoutMs);
      const response = await askOrigin(options.counterUrl, forwarded, signal).catch(() =>
        noAnswer(signal),
      );
      const { statusCode, headers } = response;
      const control = headers['cache-control'];
      return { response, freshSeconds: freshSeconds(statusCode, control, behavior.mostSeconds) };
    };
    if (method !== 'GET' && method !== 'HEAD') return (await ask()).response;
    const response = await cache(cacheKey(forwarded, behavior), ask);
    return ifModified(response, headers['if-none-match']);
  };
  const handler: RequestHandler = (request, target) => {
    const path = withoutPrefix(target.path, prefix);
    return path === undefined
      ? site(request, target)
      : answer({ ...viewerRequest(request), path, query: target.query });
  };
  return handler;
};

const viewerRequest = ({ method = 'GET', httpVersion, headers, socket }: IncomingMessage) => ({
  ...{ method, httpVersion, headers },
  address: socket.remoteAddress ?? '',
  port: socket.remotePort ?? 0,
});

const ifModified = (response: LocalResponse, ifNoneMatch: string | undefined): LocalResponse => {
  const { etag } = response.headers;
  if (response.statusCode !== 200 || etag === undefined || !hasMatch(ifNoneMatch, etag))
    return response;
  const { 'content-length': length, 'content-encoding': encoding, ...headers } = response.headers;
  return { statusCode: 304, headers, body: '' };
};

const notAllowed = (): LocalResponse =>
  publicErrorResponse(403, 'The edge only forwards GET and HEAD requests for this path.');

const noAnswer = ({ aborted }: AbortSignal): LocalResponse =>
  aborted
    ? publicErrorResponse(504, 'The counter behind the edge did not answer in time.')
    : publicErrorResponse(502, 'The counter behind the edge did not answer.');
