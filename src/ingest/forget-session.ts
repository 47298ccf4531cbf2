import { type AllowedOrigins, isRefusedOrigin } from '../domain/allowed-origins.ts';
import { admissionOf, type CounterList, MOST_FORGOTTEN, SITE } from '../domain/counter-name.ts';
import { hashVisitor } from '../domain/session-hash.ts';
import { parseCounterNames } from '../http/counter-names.ts';
import { emptyResponse, errorResponse, unavailableResponse } from '../http/http-response.ts';
import type { Route } from '../http/router.ts';
import type { SessionHasherSource } from './session-hasher-source.ts';

export interface ForgetSessionDependencies {
  readonly allowedOrigins: AllowedOrigins;
  readonly counters: CounterList;
  readonly hasherSource: SessionHasherSource;
  /** Deletes a session row if it exists; throws when it fails. */
  readonly remove: (sessionHash: string) => Promise<void>;
}

/**
 * Handles DELETE /sessions/me: 204 once the caller has no session row in the counters that `counter` names, by default
 * in that of the site, which does not reveal whether there was one. A counter that the deployment does not admit takes
 * no visits, and is left out, like a text that is no name beside one that is. A caller can only delete the rows that
 * their own visit would write. A concurrent visit may write the row again until ingest times out; repeating the request
 * deletes it. Throws when a deletion fails; repeating the request is safe.
 */
export const createForgetSession =
  ({ allowedOrigins, counters, hasherSource, remove }: ForgetSessionDependencies): Route =>
  async ({ headers, query, visitor }) => {
    const given = parseCounterNames('counter', query.counter, MOST_FORGOTTEN);
    if ('error' in given) return errorResponse(400, given.error);
    if (isRefusedOrigin(allowedOrigins, headers.origin)) {
      return errorResponse(403, 'This origin is not allowed to delete sessions.');
    }
    const hasher = await hasherSource();
    if (!hasher) return unavailableResponse('Sessions cannot be deleted: the hash key is missing.');
    const names = given.length === 0 ? [SITE] : given;
    const admitted = names.filter((name) => admissionOf(name, counters));
    await Promise.all(admitted.map((name) => remove(hashVisitor(visitor, hasher, name))));
    return emptyResponse();
  };
