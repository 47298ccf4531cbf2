import { isRefusedOrigin } from '../domain/allowed-origins.ts';
import { hashVisitor } from '../domain/session-hash.ts';
import { type SessionTouch, touchSession } from '../domain/session-touch.ts';
import { findRefusal } from '../domain/visit-filter.ts';
import type { HttpRequest } from '../http/http-request.ts';
import type { IngestSettings } from '../settings/settings.ts';
import type { SessionHasherSource } from './session-hasher-source.ts';
import type { VisitOutcome } from './visit-outcome.ts';

export interface CountVisitDependencies {
  readonly settings: Pick<IngestSettings, 'allowedOrigins' | 'filters' | 'rules'>;
  readonly hasherSource: SessionHasherSource;
  /** Writes the session row, unless the signal aborts first; throws when it fails. */
  readonly upsert: (touch: SessionTouch, signal?: AbortSignal) => Promise<void>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * Counts the visit of a request; writes nothing once the signal has aborted. Throws when it is unknown
 * whether the row was written.
 */
export type CountVisit = (request: HttpRequest, signal?: AbortSignal) => Promise<VisitOutcome>;

/**
 * Counts visits with one write each: `counted` means that the session row was written, any other outcome
 * that nothing was. Without a key nothing is counted; there is no fallback to a weaker hash.
 */
export const createCountVisit =
  ({ settings, hasherSource, upsert, now }: CountVisitDependencies): CountVisit =>
  async ({ headers, visitor }, signal) => {
    if (isRefusedOrigin(settings.allowedOrigins, headers.origin)) return 'origin';
    const refusal = findRefusal({ headers, userAgent: visitor.userAgent }, settings.filters);
    if (refusal) return refusal;
    const hasher = await hasherSource();
    if (!hasher) return 'no-key';
    await upsert(touchSession(hashVisitor(visitor, hasher), now(), settings.rules), signal);
    return 'counted';
  };
