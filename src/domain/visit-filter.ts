import { isbot } from 'isbot';
import { findAutomation } from './automation.ts';
import type { FilterReason } from './refusal-reason.ts';

/** Which kinds of visit are refused. */
export interface VisitFilters {
  readonly bots: boolean;
  readonly automation: boolean;
  readonly prefetches: boolean;
  readonly optOuts: boolean;
}

/** The parts of a request that show whether a person sees the page and does not object to being counted. */
export interface VisitSignals {
  readonly userAgent: string | undefined;
  /** Header values by lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
}

interface Rule {
  readonly reason: FilterReason;
  readonly filter: keyof VisitFilters;
  readonly matches: (signals: VisitSignals) => boolean;
}

const isPrefetch = (purpose: string | undefined): boolean =>
  purpose !== undefined && /\b(prefetch|prerender)\b/i.test(purpose);

// A repeated header is joined by commas.
const isOn = (value: string | undefined): boolean =>
  value?.split(',').some((part) => part.trim() === '1') ?? false;

const RULES: readonly Rule[] = [
  {
    reason: 'bot',
    filter: 'bots',
    // Every browser sends a user agent; a client without one is a script.
    matches: ({ userAgent }) => !userAgent || isbot(userAgent),
  },
  {
    reason: 'automation',
    filter: 'automation',
    matches: ({ userAgent, headers }) => findAutomation(userAgent, headers) !== undefined,
  },
  {
    reason: 'prefetch',
    filter: 'prefetches',
    matches: ({ headers }) => isPrefetch(headers['sec-purpose']) || isPrefetch(headers.purpose),
  },
  {
    reason: 'opt-out',
    filter: 'optOuts',
    matches: ({ headers }) => isOn(headers['sec-gpc']) || isOn(headers.dnt),
  },
];

/**
 * Why a visit with these signals must not be counted; undefined when it may be.
 *
 * @see https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Sec-Purpose
 * @see https://www.w3.org/TR/gpc/
 */
export const findRefusal = (
  signals: VisitSignals,
  filters: VisitFilters,
): FilterReason | undefined =>
  RULES.find((rule) => filters[rule.filter] && rule.matches(signals))?.reason;
