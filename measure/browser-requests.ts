import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { HttpHandler } from '../src/http/http-handler.ts';
import { COUNTS_PATH, LEGACY_PATH, SESSIONS_PATH } from '../src/http/paths.ts';

const USER_AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0';

/** Visits through `ingest` as browser number `browser`. Throws unless the visit was counted. */
export const visit = (ingest: HttpHandler, browser: number): Promise<string> =>
  request(ingest, 'POST', SESSIONS_PATH, addressOf(browser));

/** Reads the counts through `query`. Throws unless that succeeds. */
export const readCounts = (query: HttpHandler): Promise<string> =>
  request(query, 'GET', COUNTS_PATH, addressOf(0));

/** Views an old page as browser number `browser`. Throws unless that succeeds. */
export const viewLegacyPage = (legacy: HttpHandler, browser: number): Promise<string> =>
  request(legacy, 'GET', LEGACY_PATH, addressOf(browser));

const request = async (
  handler: HttpHandler,
  method: string,
  path: string,
  sourceIp: string,
): Promise<string> => {
  const http = { method, path, protocol: 'HTTP/1.1', sourceIp, userAgent: USER_AGENT };
  const requestContext = { http } as APIGatewayProxyEventV2['requestContext'];
  const event = { version: '2.0', rawPath: path, headers: {}, requestContext };
  const { statusCode, body } = await handler(event);
  if (statusCode < 300) return body;
  throw new Error(`${method} ${path} must succeed, but it answered ${statusCode} ${body}`);
};

/** An address reserved for benchmarks, always the same for the same number. */
const addressOf = (browser: number): string => `198.18.${(browser >> 8) & 255}.${browser & 255}`;
