import type { IncomingHttpHeaders } from 'node:http';
import { EDGE_SECRET_HEADER, VIEWER_ADDRESS_HEADER } from '../../http/edge-header-names.ts';
import type { Behavior } from './behavior.ts';

/** A request that an edge gets. */
export interface ViewerRequest {
  readonly method: string;
  /** Without the prefix. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  readonly httpVersion: string;
  readonly headers: IncomingHttpHeaders;
  readonly address: string;
  readonly port: number;
}

/** A request that an edge sends to the API. */
export interface OriginRequest {
  readonly method: string;
  /** The path with the forwarded parameters. */
  readonly target: string;
  /** Values by name in lower case; without Host, which is that of the API. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The request that CloudFront would send to the API: with the headers and parameters of the behavior, and with what
 * CloudFront adds. What a viewer sends under the names of added headers is dropped.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html
 */
export const toOriginRequest = (
  request: ViewerRequest,
  behavior: Behavior,
  secret: string,
): OriginRequest => {
  const { method, path, httpVersion, headers, address } = request;
  const query = selectParameters(request.query, behavior.parameters);
  return {
    method,
    target: query === '' ? path : `${path}?${query}`,
    headers: {
      ...selectHeaders(headers, [...behavior.headers, ...behavior.keyHeaders]),
      ...(behavior.hasEncodings && acceptEncoding(headers)),
      [EDGE_SECRET_HEADER]: secret,
      [VIEWER_ADDRESS_HEADER]: viewerAddress(request),
      'x-forwarded-for': listed(headers['x-forwarded-for'], plainAddress(address)),
      via: listed(headers.via, `${httpVersion} localedge.cloudfront.net (CloudFront)`),
    },
  };
};

/** What distinguishes the answers that an edge keeps. HEAD has answers of its own. */
export const cacheKey = (
  { method, target, headers }: OriginRequest,
  { keyHeaders, hasEncodings }: Behavior,
): string => {
  const names = hasEncodings ? [...keyHeaders, 'accept-encoding'] : keyHeaders;
  return JSON.stringify([method, target, ...names.map((name) => headers[name] ?? null)]);
};

// In their order and encoding: CloudFront forwards the text of a parameter as it is.
const selectParameters = (query: string, names: readonly string[]): string =>
  query
    .split('&')
    .filter((parameter) => names.includes(parameter.split('=')[0] ?? ''))
    .join('&');

const selectHeaders = (
  headers: IncomingHttpHeaders,
  names: readonly string[],
): Record<string, string> =>
  Object.fromEntries(
    names.flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])]])),
  );

// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cache-key-understand-cache-policy.html#cache-policy-compressed-objects
const acceptEncoding = ({
  'accept-encoding': given = '',
}: IncomingHttpHeaders): Record<string, string> => {
  const accepted = String(given)
    .split(',')
    .map((coding) => coding.trim().split(';')[0]);
  const kept = ['br', 'gzip'].filter((coding) => accepted.includes(coding));
  return kept.length === 0 ? {} : { 'accept-encoding': kept.join(',') };
};

/** The value of CloudFront-Viewer-Address: address and port, without brackets even for IPv6. */
const viewerAddress = ({ address, port }: ViewerRequest): string =>
  `${plainAddress(address)}:${port}`;

// A socket of IPv6 shows an address of IPv4 in this form.
const plainAddress = (address: string): string => address.replace(/^::ffff:(?=[\d.]+$)/i, '');

const listed = (given: string | string[] | undefined, added: string): string =>
  given === undefined ? added : `${String(given)}, ${added}`;
