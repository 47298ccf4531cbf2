import { type AllowedOrigins, isRefusedOrigin } from '../domain/allowed-origins.ts';
import { hashVisitor } from '../domain/session-hash.ts';
import { emptyResponse, errorResponse, unavailableResponse } from '../http/http-response.ts';
import type { Route } from '../http/router.ts';
import type { SessionHasherSource } from './session-hasher-source.ts';

export interface ForgetSessionDependencies {
  readonly allowedOrigins: AllowedOrigins;
  readonly hasherSource: SessionHasherSource;
  /** Deletes a session row if it exists; throws when it fails. */
  readonly remove: (sessionHash: string) => Promise<void>;
}

/**
 * Handles DELETE /sessions/me: 204 once the caller has no session row, which does not reveal whether
 * there was one. A caller can only delete the row that their own visit would write. A concurrent visit
 * may write the row again until ingest times out; repeating the request deletes it.
 */
export const createForgetSession =
  ({ allowedOrigins, hasherSource, remove }: ForgetSessionDependencies): Route =>
  async ({ headers, visitor }) => {
    if (isRefusedOrigin(allowedOrigins, headers.origin)) {
      return errorResponse(403, 'This origin is not allowed to delete sessions.');
    }
    const hasher = await hasherSource();
    if (!hasher) return unavailableResponse('Sessions cannot be deleted: the hash key is missing.');
    await remove(hashVisitor(visitor, hasher));
    return emptyResponse();
  };
