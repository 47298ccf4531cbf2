import type { AllowedOrigins } from '../../domain/allowed-origins.ts';
import type { HttpHandler } from '../../http/http-handler.ts';
import { parseHttpRequest } from '../../http/http-request.ts';
import { hasAllowedHost } from './allowed-hosts.ts';
import { publicErrorResponse } from './public-error-response.ts';

/** Which pages may delete a session. */
export interface DeletionPolicy {
  readonly allowedOrigins: AllowedOrigins;
  /** Host names of the counter in addition to localhost. */
  readonly allowedHosts: readonly string[];
}

/**
 * Wraps a handler to reject DELETE from pages of other sites, unless ALLOWED_ORIGINS lists them.
 *
 * On AWS, `*` lets any site that shows a public counter delete the row of its own reader. Here the
 * only reader is the owner of this machine: without this check, any web page open in the owner's
 * browser could delete the row that the owner is looking at.
 */
export const rejectCrossSiteDeletions = (
  handler: HttpHandler,
  { allowedOrigins, allowedHosts }: DeletionPolicy,
): HttpHandler => {
  if (allowedOrigins !== '*') return handler;
  return async (event, context) => {
    const { httpMethod, headers } = parseHttpRequest(event);
    const isCrossSite =
      headers.origin !== undefined && !hasAllowedHost(headers.origin, allowedHosts);
    return httpMethod === 'DELETE' && isCrossSite
      ? publicErrorResponse(
          403,
          'Pages of other sites can delete a session only if ALLOWED_ORIGINS lists them.',
        )
      : handler(event, context);
  };
};
