import { isConfiguredOrigin, isRefusedOrigin } from '../domain/allowed-origins.ts';
import type { NewSessionLimit } from '../domain/new-session-limit.ts';
import { hashVisitor, type SessionHasher } from '../domain/session-hash.ts';
import { type SessionTouch, touchSession } from '../domain/session-touch.ts';
import { effectOfVisit, isFirstVisit, type SessionBefore } from '../domain/visit-effect.ts';
import { findRefusal } from '../domain/visit-filter.ts';
import type { HttpRequest } from '../http/http-request.ts';
import type { IngestSettings } from '../settings/settings.ts';
import type { AdmitCounter } from './admit-counter.ts';
import type { SessionHasherSource } from './session-hasher-source.ts';
import type { CountedVisit, RefusedVisit, VisitOutcome, VisitOutcomes } from './visit-outcome.ts';

export interface CountVisitsDependencies {
  readonly settings: Pick<
    IngestSettings,
    'allowedOrigins' | 'filters' | 'rules' | 'activeWindowMinutes'
  >;
  readonly hasherSource: SessionHasherSource;
  readonly admit: AdmitCounter;
  readonly newSessionLimit: NewSessionLimit;
  /**
   * Writes the session row, unless the signal aborts first or the touch needs a row that does not exist; returns what
   * it was before. Throws when it fails.
   */
  readonly upsert: (
    touch: SessionTouch,
    signal?: AbortSignal,
  ) => Promise<SessionBefore | undefined>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * Counts the visit of a request in each of these counters; writes no row once the signal has aborted. Never throws:
 * each counter has an outcome of its own.
 */
export type CountVisits = (
  request: HttpRequest,
  counters: readonly string[],
  signal?: AbortSignal,
) => Promise<VisitOutcomes>;

/**
 * Counts visits with one write for each counter, all at once: a `CountedVisit` means that the session row was written,
 * a `FailedVisit` that this is unknown, any other outcome that it was not. What concerns the visitor or the page
 * refuses the visit in every counter, before any request to DynamoDB. Without a key nothing is counted; there is no
 * fallback to a weaker hash.
 *
 * Each visit reserves a place for a new session of its address before the write, so that concurrent visits cannot
 * exceed the limit, and gives it back when its session is known. A failed visit keeps it, because the session may have
 * been written. A visit without a place is only counted if its session is known.
 *
 * Only pages of configured origins learn the effect. If every origin is allowed, any page that the visitor
 * opens could send the request, and learn whether this browser has visited the counter's pages.
 */
export const createCountVisits =
  (dependencies: CountVisitsDependencies): CountVisits =>
  async (request, counters, signal) => {
    const prepared = prepareVisit(request, dependencies);
    const countOne = async (counter: string): Promise<VisitOutcome> => {
      const hasher = await prepared;
      if (typeof hasher === 'string') return hasher;
      const refusal = await dependencies.admit(counter);
      return refusal ?? writeVisit({ request, hasher, counter }, dependencies, signal);
    };
    const outcomes = counters.map(async (counter) => {
      const outcome = await countOne(counter).catch((error): VisitOutcome => ({ error }));
      return [counter, outcome] as const;
    });
    return new Map(await Promise.all(outcomes));
  };

// The hasher, or why no counter takes the visit.
const prepareVisit = async (
  { headers, visitor }: HttpRequest,
  { settings, hasherSource }: CountVisitsDependencies,
): Promise<SessionHasher | RefusedVisit> => {
  if (isRefusedOrigin(settings.allowedOrigins, headers.origin)) return 'origin';
  const refusal = findRefusal({ headers, userAgent: visitor.userAgent }, settings.filters);
  return refusal ?? (await hasherSource()) ?? 'no-key';
};

interface Visit {
  readonly request: HttpRequest;
  readonly hasher: SessionHasher;
  readonly counter: string;
}

const writeVisit = async (
  { request: { headers, visitor }, hasher, counter }: Visit,
  { settings, newSessionLimit, upsert, now }: CountVisitsDependencies,
  signal: AbortSignal | undefined,
): Promise<CountedVisit | 'rate'> => {
  const hash = hashVisitor(visitor, hasher, counter);
  const place = newSessionLimit.reserve(visitor.address, counter);
  const touch = {
    ...touchSession(hash, now(), settings.rules, counter),
    ...(place === undefined && { onlyIfExists: true }),
  };
  const before = await upsert(touch, signal);
  if (place === undefined && before === undefined) return 'rate';
  if (!isFirstVisit(touch, before)) place?.giveBack();
  if (!isConfiguredOrigin(settings.allowedOrigins, headers.origin)) return { effect: undefined };
  return { effect: effectOfVisit(touch, before, settings.activeWindowMinutes) };
};
