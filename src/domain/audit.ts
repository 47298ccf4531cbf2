import type { Counter, SessionCounts } from './counter.ts';
import { differenceOf } from './row-comparison.ts';
import { type UtcDay, utcDay } from './utc-day.ts';

const HOUR_MS = 3_600_000;
/** How long a visit has until it must be counted; the stream is late by seconds when all is well. */
const SETTLING_MS = 6 * HOUR_MS;

/**
 * The first UTC day that an audit at `nowMs` (epoch milliseconds) leaves out, at least six hours
 * ago: rows that young may not be counted yet, and new ones are among them all the time.
 */
export const auditCutoff = (nowMs: number): UtcDay => utcDay(nowMs - SETTLING_MS);

/** How far all rows of the present moment are from what the counter says. */
export interface DriftNow {
  /** Rows less what the counter says. */
  readonly drift: number;
  /** By how much the drift may be wrong; 0 unless rows came or went while they were read. */
  readonly uncertainty: number;
}

/** All rows, and the counter before and after they were read. */
export interface PresentEvidence {
  readonly rows: number;
  readonly before: Counter;
  readonly after: Counter;
}

/**
 * How far all rows, those of the present moment among them, are from what the counter says. What was
 * counted between its two readings, a visit or a deletion, may have been seen in the rows or not, so
 * it is no drift, and the width of that is told. No clock is asked and no row's date looked at: rows
 * that come late, from a clock that is ahead, or from an import are no drift either.
 */
export const findDriftNow = ({ rows, before, after }: PresentEvidence): DriftNow => {
  const held = ({ total, removed }: Counter): SessionCounts => ({ started: total, removed });
  const { rows: drift, uncertainty } = differenceOf(rows, held(before), held(after));
  return { drift, uncertainty };
};

/** How many rows the counter says there are. */
export const rowsIn = ({ total, removed }: Counter): number => total - removed;
