import type { Counter } from './counter.ts';
import { type UtcDay, utcDay } from './utc-day.ts';

/** Whether the rows agree with the counter. */
export interface Audit {
  /** Rows less what the counter says: above 0 visits were lost, below 0 counted twice. */
  readonly drift: number;
  /** By how much the drift may be wrong; 0 unless rows came or went while they were read. */
  readonly uncertainty: number;
}

/** What an audit compares. */
export interface AuditEvidence {
  readonly cut: UtcDay;
  /** The rows before the cut, as they were read. */
  readonly rows: number;
  /** The counter as it was before the first row was read. */
  readonly before: Counter;
  /** The counter when it had counted all that happened until the last row was read. */
  readonly after: Counter;
}

const HOUR_MS = 3_600_000;
/** How long a visit has until it must be counted; the stream is late by seconds when all is well. */
const SETTLING_MS = 6 * HOUR_MS;

/**
 * The first UTC day that an audit at `nowMs` (epoch milliseconds) leaves out, at least six hours
 * ago: rows that young may not be counted yet, and new ones are among them all the time.
 */
export const auditCut = (nowMs: number): UtcDay => utcDay(nowMs - SETTLING_MS);

/**
 * How far the rows before the cut are from what the counter says of them. Visits meanwhile change
 * neither side. A row that was deleted, or imported, while the rows were read may have been seen or
 * not, so every number that allows for that is no drift.
 */
export const findDrift = ({ cut, rows, before, after }: AuditEvidence): Audit => {
  const [old, now] = [heldBefore(cut, before), heldBefore(cut, after)];
  // The fewest: all that went are gone and none came yet. The most: none is gone, all are there. A
  // rebuild may move either down.
  const least = Math.min(old.started, now.started) - Math.max(old.removed, now.removed);
  const most = Math.max(old.started, now.started) - Math.min(old.removed, now.removed);
  const drift = rows - Math.min(Math.max(rows, least), most);
  return { drift, uncertainty: most - least };
};

/**
 * How far all rows, those of the present moment among them, are from what the counter says. What was
 * counted between its two readings, a visit or a deletion, may have been seen in the rows or not, so
 * it is no drift, and the width of that is told. No clock is asked and no row's date looked at: rows
 * that come late, from a clock that is ahead, or from an import are no drift either.
 */
export const findDriftNow = ({ rows, before, after }: Omit<AuditEvidence, 'cut'>): Audit => {
  // A rebuild moves the total as well, and down if it has to.
  const started = after.total - before.total;
  const removed = after.removed - before.removed;
  const least = rowsIn(before) - removed + Math.min(started, 0);
  const most = rowsIn(before) + Math.max(started, 0);
  return { drift: rows - Math.min(Math.max(rows, least), most), uncertainty: most - least };
};

/** How many rows the counter says there are. */
export const rowsIn = ({ total, removed }: Counter): number => total - removed;

/** How many rows of first visits before `cut` the counter says there are. */
export const rowsBefore = (cut: UtcDay, counter: Counter): number => {
  const { started, removed } = heldBefore(cut, counter);
  return started - removed;
};

const heldBefore = (cut: UtcDay, { total, removed, startedByDay, removedByDay }: Counter) => ({
  started: total - sumFrom(cut, startedByDay),
  removed: removed - sumFrom(cut, removedByDay),
});

const sumFrom = (cut: UtcDay, numbers: ReadonlyMap<UtcDay, number>): number =>
  [...numbers].reduce((sum, [day, number]) => (day >= cut ? sum + number : sum), 0);
