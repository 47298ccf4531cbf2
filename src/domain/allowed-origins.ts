/** The web origins whose pages may count their visits here, or every origin. */
export type AllowedOrigins = '*' | readonly string[];

/**
 * The value of Access-Control-Allow-Origin for a request from `origin`, or undefined when that
 * origin is refused. Without an Origin header there is no page to refuse.
 */
export const allowOrigin = (
  allowed: AllowedOrigins,
  origin: string | undefined,
): string | undefined => (allowed === '*' ? '*' : allowed.find((one) => one === origin));

/** Whether a request with this Origin header is to be answered with 403. */
export const isRefusedOrigin = (allowed: AllowedOrigins, origin: string | undefined): boolean =>
  origin !== undefined && allowOrigin(allowed, origin) === undefined;
