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
  /** Writes the session row, unless the signal aborts before; throws when it cannot. */
  readonly upsert: (touch: SessionTouch, signal?: AbortSignal) => Promise<void>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * Counts the visit of a request, and sends nothing any more once the signal aborts. Throws when it
 * cannot tell whether the row was written.
 */
export type CountVisit = (request: HttpRequest, signal?: AbortSignal) => Promise<VisitOutcome>;

/**
 * Counts visits by one write each: `counted` means that the session row is written, anything else
 * that nothing was. Without a key nothing is counted; a weaker hash never takes its place.
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
