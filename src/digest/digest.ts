import type { RefusalReason } from '../domain/refusal-reason.ts';
import type { RowDrift } from '../domain/row-comparison.ts';
import type { UtcDay } from '../domain/utc-day.ts';
import type { DigestPeriod } from './digest-period.ts';

/** The facts of a digest. Nothing in it is about a single visitor. */
export interface Digest {
  /** The name of the deployment. */
  readonly name: string;
  readonly period: DigestPeriod;
  readonly site: CounterSummary;
  /** The other watched counters. */
  readonly others: readonly CounterSummary[];
  /** Visits in the period in all counters, refused ones included. */
  readonly visits: number;
  /** Of these, those that were refused. */
  readonly refused: ReadonlyMap<RefusalReason, number>;
  /** The last audit with its time, ISO 8601 UTC; undefined before the first. */
  readonly audit: (RowDrift & { readonly at: string }) | undefined;
  readonly used: UsedUnits;
}

/** What a digest says about one counter. */
export interface CounterSummary {
  readonly name: string;
  /** New sessions of each day in the period, in order. */
  readonly days: readonly DaySessions[];
  /** New sessions in the period before; undefined if the counter no longer has all of its days. */
  readonly before: number | undefined;
  /** All sessions, the baseline included. */
  readonly total: number;
  readonly baseline: number;
}

/** The new sessions of one day. */
export interface DaySessions {
  readonly day: UtcDay;
  readonly sessions: number;
}

/** What the counter used in the period, as AWS bills it. */
export interface UsedUnits {
  readonly requests: number;
  readonly calls: number;
  readonly gigabyteSeconds: number;
  readonly writeUnits: number;
  readonly readUnits: number;
}
