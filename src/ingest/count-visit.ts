import { isRefusedOrigin } from '../domain/allowed-origins.ts';
import { hashVisitor } from '../domain/session-hash.ts';
import { type SessionTouch, touchSession } from '../domain/session-touch.ts';
import { findRefusal } from '../domain/visit-filter.ts';
import { errorResponse, jsonResponse, unavailableResponse } from '../http/http-response.ts';
import type { Route } from '../http/router.ts';
import type { IngestSettings } from '../settings/settings.ts';
import type { SessionHasherSource } from './session-hasher-source.ts';

export interface CountVisitDependencies {
  readonly settings: Pick<IngestSettings, 'allowedOrigins' | 'filters' | 'rules'>;
  readonly hasherSource: SessionHasherSource;
  /** Writes the session row; throws when it cannot. */
  readonly upsert: (touch: SessionTouch) => Promise<void>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * Answers POST /sessions: 202 `{ counted: true }` once the session row is written; 202
 * `{ counted: false, reason }` without a write for a visit that is not to be counted; 403 for a
 * page that may not count here; 503 while there is no key, never a weaker hash instead.
 */
export const createCountVisit =
  ({ settings, hasherSource, upsert, now }: CountVisitDependencies): Route =>
  async ({ headers, visitor }) => {
    if (isRefusedOrigin(settings.allowedOrigins, headers.origin)) {
      return errorResponse(403, 'Pages of this origin may not count visits here.');
    }
    const reason = findRefusal({ headers, userAgent: visitor.userAgent }, settings.filters);
    if (reason) return jsonResponse(202, { counted: false, reason });
    const hasher = await hasherSource();
    if (!hasher) return unavailableResponse('Visits cannot be counted: there is no hash key.');
    await upsert(touchSession(hashVisitor(visitor, hasher), now(), settings.rules));
    return jsonResponse(202, { counted: true });
  };
