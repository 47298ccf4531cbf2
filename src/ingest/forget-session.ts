import { type AllowedOrigins, isRefusedOrigin } from '../domain/allowed-origins.ts';
import { hashVisitor } from '../domain/session-hash.ts';
import { emptyResponse, errorResponse, unavailableResponse } from '../http/http-response.ts';
import type { Route } from '../http/router.ts';
import type { SessionHasherSource } from './session-hasher-source.ts';

export interface ForgetSessionDependencies {
  readonly allowedOrigins: AllowedOrigins;
  readonly hasherSource: SessionHasherSource;
  /** Deletes a session row if it is there; throws when it cannot. */
  readonly remove: (sessionHash: string) => Promise<void>;
}

/**
 * Answers DELETE /sessions/me: 204 once there is no session row of the caller, which tells nobody
 * whether there was one. A caller can only delete the row that a visit of theirs would write. One that
 * is under way meanwhile may write it again, as long as ingest may run; deleting again ends that.
 */
export const createForgetSession =
  ({ allowedOrigins, hasherSource, remove }: ForgetSessionDependencies): Route =>
  async ({ headers, visitor }) => {
    if (isRefusedOrigin(allowedOrigins, headers.origin)) {
      return errorResponse(403, 'Pages of this origin may not delete sessions here.');
    }
    const hasher = await hasherSource();
    if (!hasher) return unavailableResponse('No session can be found: there is no hash key.');
    await remove(hashVisitor(visitor, hasher));
    return emptyResponse();
  };
