import { isConfiguredOrigin, isRefusedOrigin } from '../domain/allowed-origins.ts';
import { hashVisitor } from '../domain/session-hash.ts';
import { type SessionTouch, touchSession } from '../domain/session-touch.ts';
import { effectOfVisit, type SessionBefore } from '../domain/visit-effect.ts';
import { findRefusal } from '../domain/visit-filter.ts';
import type { HttpRequest } from '../http/http-request.ts';
import type { IngestSettings } from '../settings/settings.ts';
import type { SessionHasherSource } from './session-hasher-source.ts';
import type { VisitOutcome } from './visit-outcome.ts';

export interface CountVisitDependencies {
  readonly settings: Pick<
    IngestSettings,
    'allowedOrigins' | 'filters' | 'rules' | 'activeWindowMinutes'
  >;
  readonly hasherSource: SessionHasherSource;
  /**
   * Writes the session row, unless the signal aborts first; returns what it was before. Throws when it
   * fails.
   */
  readonly upsert: (
    touch: SessionTouch,
    signal?: AbortSignal,
  ) => Promise<SessionBefore | undefined>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * Counts the visit of a request; writes nothing once the signal has aborted. Throws when it is unknown
 * whether the row was written.
 */
export type CountVisit = (request: HttpRequest, signal?: AbortSignal) => Promise<VisitOutcome>;

/**
 * Counts visits with one write each: a `CountedVisit` means that the session row was written, any other
 * outcome that nothing was. Without a key nothing is counted; there is no fallback to a weaker hash.
 *
 * Only pages of configured origins learn the effect. If every origin is allowed, any page that the visitor
 * opens could send the request, and learn whether this browser has visited the counter's pages.
 */
export const createCountVisit =
  ({ settings, hasherSource, upsert, now }: CountVisitDependencies): CountVisit =>
  async ({ headers, visitor }, signal) => {
    if (isRefusedOrigin(settings.allowedOrigins, headers.origin)) return 'origin';
    const refusal = findRefusal({ headers, userAgent: visitor.userAgent }, settings.filters);
    if (refusal) return refusal;
    const hasher = await hasherSource();
    if (!hasher) return 'no-key';
    const touch = touchSession(hashVisitor(visitor, hasher), now(), settings.rules);
    const before = await upsert(touch, signal);
    if (!isConfiguredOrigin(settings.allowedOrigins, headers.origin)) return { effect: undefined };
    return { effect: effectOfVisit(touch, before, settings.activeWindowMinutes) };
  };
