import type { AllowedOrigins } from '../../domain/allowed-origins.ts';
import type { HttpHandler } from '../../http/http-handler.ts';
import { parseHttpRequest } from '../../http/http-request.ts';
import { hasAllowedHost } from './allowed-hosts.ts';
import { publicErrorResponse } from './public-error-response.ts';

/** Whose pages may delete. */
export interface DeletionPolicy {
  readonly allowedOrigins: AllowedOrigins;
  /** Names beside those of this machine under which the counter is reached. */
  readonly allowedHosts: readonly string[];
}

/**
 * The handler, but without DELETE for pages of other sites, unless ALLOWED_ORIGINS names them.
 *
 * On AWS `*` lets a page delete its reader's own row of one public counter, and that reader may
 * have come to any site that shows it. Here the only reader is the owner of this machine, whose
 * browser any web page may use, and the row is the one that the owner is looking at.
 */
export const rejectCrossSiteDeletions = (
  handler: HttpHandler,
  { allowedOrigins, allowedHosts }: DeletionPolicy,
): HttpHandler => {
  if (allowedOrigins !== '*') return handler;
  return async (event, context) => {
    const { httpMethod, headers } = parseHttpRequest(event);
    const isForeign = headers.origin !== undefined && !hasAllowedHost(headers.origin, allowedHosts);
    return httpMethod === 'DELETE' && isForeign
      ? publicErrorResponse(
          403,
          'Pages of other sites may delete here if ALLOWED_ORIGINS names them.',
        )
      : handler(event, context);
  };
};
