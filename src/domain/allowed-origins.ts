/** The web origins whose pages may count visits; `*` allows every origin. */
export type AllowedOrigins = '*' | readonly string[];

/**
 * The value of Access-Control-Allow-Origin for a request from `origin`; undefined when the origin is
 * refused or the request has no Origin header.
 */
export const allowOrigin = (
  allowed: AllowedOrigins,
  origin: string | undefined,
): string | undefined => (allowed === '*' ? '*' : allowed.find((one) => one === origin));

/**
 * Whether `origin` is one of the configured origins. False for every origin while all are allowed: a page
 * of any site may then send requests and read their responses.
 */
export const isConfiguredOrigin = (allowed: AllowedOrigins, origin: string | undefined): boolean =>
  allowed !== '*' && allowOrigin(allowed, origin) !== undefined;

/**
 * Whether a request with this Origin header must be answered with 403. A request without the header
 * does not come from a page, and is allowed.
 */
export const isRefusedOrigin = (allowed: AllowedOrigins, origin: string | undefined): boolean =>
  origin !== undefined && allowOrigin(allowed, origin) === undefined;
