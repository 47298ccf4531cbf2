import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { SITE } from '../src/domain/counter-name.ts';
import type { HttpHandler } from '../src/http/http-handler.ts';
import { COUNTS_PATH, LEGACY_PATH, SESSIONS_PATH } from '../src/http/paths.ts';

const USER_AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0';

/**
 * Visits `counters` through `ingest` as browser number `browser`; by default the site. Throws unless the request
 * succeeds.
 */
export const visit = (
  ingest: HttpHandler,
  browser: number,
  counters: readonly string[] = [SITE],
): Promise<string> =>
  request(ingest, { method: 'POST', path: SESSIONS_PATH, sourceIp: addressOf(browser), counters });

/** Reads the counts of `counters` through `query`; by default those of the site. Throws unless that succeeds. */
export const readCounts = (
  query: HttpHandler,
  counters: readonly string[] = [SITE],
): Promise<string> =>
  request(query, { method: 'GET', path: COUNTS_PATH, sourceIp: addressOf(0), counters });

/** Views an old page as browser number `browser`. Throws unless that succeeds. */
export const viewLegacyPage = (legacy: HttpHandler, browser: number): Promise<string> =>
  request(legacy, { method: 'GET', path: LEGACY_PATH, sourceIp: addressOf(browser) });

interface BrowserRequest {
  readonly method: string;
  readonly path: string;
  readonly sourceIp: string;
  readonly counters?: readonly string[];
}

// The widget names counters only when there are others than the site's.
const request = async (
  handler: HttpHandler,
  { method, path, sourceIp, counters = [SITE] }: BrowserRequest,
): Promise<string> => {
  const http = { method, path, protocol: 'HTTP/1.1', sourceIp, userAgent: USER_AGENT };
  const requestContext = { http } as APIGatewayProxyEventV2['requestContext'];
  const isSite = `${counters}` === SITE;
  const query = isSite ? {} : { queryStringParameters: { counter: `${counters}` } };
  const event = { version: '2.0', rawPath: path, headers: {}, requestContext, ...query };
  const { statusCode, body } = await handler(event);
  if (statusCode < 300) return body;
  throw new Error(`${method} ${path} must succeed, but it answered ${statusCode} ${body}`);
};

/** An address reserved for benchmarks, always the same for the same number. */
const addressOf = (browser: number): string => `198.18.${(browser >> 8) & 255}.${browser & 255}`;
