import type { ByCounter } from './by-counter.ts';
import { type Counter, HISTORY_DAYS, type SessionCounts } from './counter.ts';
import { asUncertain, type Difference, differenceOf } from './difference.ts';
import type { RowCounts } from './row-counts.ts';
import { type Days, undoneDays } from './undo.ts';
import { DAY_MS, sumDays, type UtcDay, utcDay } from './utc-day.ts';

/** The input of a comparison: two readings of the counter, and the rows read between them. */
export interface RowEvidence {
  /** Sessions whose first visit is at or after it are excluded on both sides; epoch milliseconds. */
  readonly cutoffMs: number;
  readonly rows: RowCounts;
  readonly before: Counter;
  /** The counter after it had counted everything that happened before the last row was read. */
  readonly after: Counter;
  /** How many days before the cutoff are compared individually; all older days are compared as one. */
  readonly days: number;
  /** Rows dated on the cutoff's day, at or after it, that were counted before the rebuild began. */
  readonly countedAhead: number;
}

/** All differences. Opposite errors on the same day cancel out; on different days they do not. */
export interface RowComparison {
  readonly byDay: ReadonlyMap<UtcDay, Difference>;
  /** All older days as one, and rows without a date. */
  readonly older: Difference;
}

/**
 * How many days a rebuild compares individually. Two fewer than the counter keeps: a lagging shard may
 * still count into a day that another shard's write has dropped.
 */
export const REBUILT_DAYS = HISTORY_DAYS - 2;

/**
 * How many days an audit compares individually. Fewer than a rebuild, whose cutoff may be a day or two
 * later: the days that a rebuild corrected as one, an audit must also compare as one.
 */
export const AUDITED_DAYS = REBUILT_DAYS - 3;

/**
 * Compares rows and counter day by day, as far back as the counter keeps days. Concurrent visits change
 * neither side. The scan may or may not have seen a row that was added or deleted during it, so any
 * number of rows between the two readings of the counter is no difference. During a retract the counter hides
 * sessions that start behind those that are taken back; during a restore, rows that are removed behind those that
 * come back. So a difference on the days of a retract or a restore is only a possible error.
 */
export const compareRows = (evidence: RowEvidence): RowComparison => {
  const { rows, before, after, cutoffMs } = evidence;
  const first = utcDay(cutoffMs - (evidence.days - 1) * DAY_MS);
  const cutoffDay = utcDay(cutoffMs);
  const undone = undoneDays(before, after);
  const isCompared = (day: UtcDay): boolean =>
    day >= first && (day < cutoffDay || (day === cutoffDay && cutoffMs % DAY_MS !== 0));
  const differences = daysOf(evidence)
    .filter(isCompared)
    .map((day): [UtcDay, Difference] => {
      const counted = day === cutoffDay ? countedUntilCutoff(day, evidence) : countedOn(day);
      const found = differenceOf(rows.byDay.get(day) ?? 0, counted(before), counted(after));
      return [day, isWithin(day, undone) ? asUncertain(found) : found];
    });
  const oldRows = rows.undated + sumDays(rows.byDay, (day) => day < first);
  const older = differenceOf(oldRows, countedBefore(before, first), countedBefore(after, first));
  return {
    byDay: new Map(differences.filter(([, difference]) => isDifferent(difference))),
    older: undone && undone.first < first ? asUncertain(older) : older,
  };
};

const isWithin = (day: UtcDay, days: Days | undefined): boolean =>
  days !== undefined && day >= days.first && day <= days.last;

// The cutoff's day is always included: its rows may all be dated after the cutoff, and so be in no map.
// Any other day that is in no map has no rows on either side.
const daysOf = ({ rows, before, after, cutoffMs }: RowEvidence): UtcDay[] => {
  const maps = [rows.byDay, ...[before, after].flatMap((c) => [c.startedByDay, c.removedByDay])];
  return [...new Set([utcDay(cutoffMs), ...maps.flatMap((map) => [...map.keys()])])].sort();
};

/** The sums of the positive and of the negative differences, and their possible error. */
export const sumDifferences = ({ byDay, older }: RowComparison): RowDrift => {
  const all = [...byDay.values(), older];
  const sum = (numberOf: (difference: Difference) => number): number =>
    all.reduce((total, difference) => total + numberOf(difference), 0);
  return {
    missing: sum(({ rows }) => Math.max(rows, 0)),
    surplus: sum(({ rows }) => Math.max(-rows, 0)),
    uncertainty: sum(({ uncertainty }) => uncertainty),
  };
};

/** The total difference between rows and counter. */
export interface RowDrift {
  /** Sessions in the table that the counter lacks. */
  readonly missing: number;
  /** Rows that the counter expects but the table lacks: removals that were not counted. */
  readonly surplus: number;
  /** Possible error of both numbers together. */
  readonly uncertainty: number;
}

/** The sum over several counters: what one of them has too many hides nothing that another one lacks. */
export const sumDrifts = (drifts: ByCounter<RowDrift>): RowDrift => {
  const sum = (numberOf: (drift: RowDrift) => number): number =>
    [...drifts.values()].reduce((total, drift) => total + numberOf(drift), 0);
  return {
    missing: sum(({ missing }) => missing),
    surplus: sum(({ surplus }) => surplus),
    uncertainty: sum(({ uncertainty }) => uncertainty),
  };
};

const isDifferent = ({ rows, uncertainty }: Difference): boolean => rows !== 0 || uncertainty !== 0;

const countedOn =
  (day: UtcDay) =>
  ({ startedByDay, removedByDay }: Counter): SessionCounts => ({
    started: startedByDay.get(day) ?? 0,
    removed: removedByDay.get(day) ?? 0,
  });

// During a rebuild the counter also counts separately what is dated after the cutoff, on its day.
const countedUntilCutoff =
  (day: UtcDay, { countedAhead }: RowEvidence) =>
  (counter: Counter): SessionCounts => {
    const { started, removed } = countedOn(day)(counter);
    const since = counter.rebuild ?? { started: 0, removed: 0 };
    return { started: started - since.started - countedAhead, removed: removed - since.removed };
  };

const countedBefore = (counter: Counter, first: UtcDay): SessionCounts => {
  const isSince = (day: UtcDay): boolean => day >= first;
  return {
    started: counter.total - sumDays(counter.startedByDay, isSince),
    removed: counter.removed - sumDays(counter.removedByDay, isSince),
  };
};
