import type { Counter, SessionCounts } from './counter.ts';
import { HISTORY_DAYS } from './counter-change.ts';
import type { RowCounts } from './row-counts.ts';
import { DAY_MS, sumDays, type UtcDay, utcDay } from './utc-day.ts';

/** What a comparison compares: two readings of the counter, and the rows read between them. */
export interface RowEvidence {
  /** Rows of first visits from here on are left out, on both sides; epoch milliseconds. */
  readonly cutoffMs: number;
  readonly rows: RowCounts;
  readonly before: Counter;
  /** The counter when it had counted all that happened until the last row was read. */
  readonly after: Counter;
  /** How many days up to the cutoff are told apart; all before them are taken together. */
  readonly days: number;
  /** Rows dated on the cutoff's day, at or after it, that were counted before the counter knew of it. */
  readonly countedAhead: number;
}

/** By how much the rows of one day differ from what the counter says of them. */
export interface Difference {
  /** Above 0 the counter lacks sessions, below 0 it lacks removals. */
  readonly rows: number;
  /** By how much that may be wrong: rows came or went while they were read. */
  readonly uncertainty: number;
}

/** The differences that there are. Those of one day can cancel each other, those of two cannot. */
export interface RowComparison {
  readonly byDay: ReadonlyMap<UtcDay, Difference>;
  /** Of all days before those together, and of rows without a date. */
  readonly older: Difference;
}

/**
 * How many days a rebuild tells apart. Two less than the counter keeps: a shard that is late may still
 * count into a day that another has dropped.
 */
export const REBUILT_DAYS = HISTORY_DAYS - 2;

/**
 * How many days an audit tells apart. Fewer than a rebuild, whose cutoff may be later by a day or two:
 * what it books to all older days together, an audit must take together as well.
 */
export const AUDITED_DAYS = REBUILT_DAYS - 3;

/**
 * Compares rows and counter day by day, as far back as the counter tells days apart. Visits
 * meanwhile change neither side. A row that came or went while the rows were read may have been
 * seen or not, so every number between the two readings of the counter is no difference.
 */
export const compareRows = (evidence: RowEvidence): RowComparison => {
  const { rows, before, after, cutoffMs } = evidence;
  const first = utcDay(cutoffMs - (evidence.days - 1) * DAY_MS);
  const cutoffDay = utcDay(cutoffMs);
  const isCompared = (day: UtcDay): boolean =>
    day >= first && (day < cutoffDay || (day === cutoffDay && cutoffMs % DAY_MS !== 0));
  const differences = daysOf(evidence)
    .filter(isCompared)
    .map((day): [UtcDay, Difference] => {
      const held = day === cutoffDay ? heldUntilCutoff(day, evidence) : heldOf(day);
      return [day, differenceOf(rows.byDay.get(day) ?? 0, held(before), held(after))];
    });
  const oldRows = rows.undated + sumDays(rows.byDay, (day) => day < first);
  const older = differenceOf(oldRows, heldBefore(before, first), heldBefore(after, first));
  return { byDay: new Map(differences.filter(([, found]) => isFound(found))), older };
};

// A day in none of them has no rows on either side, but for that of the cutoff: all its rows may be
// dated past it.
const daysOf = ({ rows, before, after, cutoffMs }: RowEvidence): UtcDay[] => {
  const maps = [rows.byDay, ...[before, after].flatMap((c) => [c.startedByDay, c.removedByDay])];
  return [...new Set([utcDay(cutoffMs), ...maps.flatMap((map) => [...map.keys()])])].sort();
};

/** The sum of all differences, each with its sign dropped, and by how much it may be wrong. */
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

/** How far the rows are from the counter. */
export interface RowDrift {
  /** Sessions that are in the table and that the counter lacks. */
  readonly missing: number;
  /** Rows that the counter has and the table has not: removals that it lacks. */
  readonly surplus: number;
  /** By how much both together may be wrong. */
  readonly uncertainty: number;
}

const isFound = ({ rows, uncertainty }: Difference): boolean => rows !== 0 || uncertainty !== 0;

const heldOf =
  (day: UtcDay) =>
  ({ startedByDay, removedByDay }: Counter): SessionCounts => ({
    started: startedByDay.get(day) ?? 0,
    removed: removedByDay.get(day) ?? 0,
  });

// Of the running day the counter tells apart what is of after the cutoff.
const heldUntilCutoff =
  (day: UtcDay, { countedAhead }: RowEvidence) =>
  (counter: Counter): SessionCounts => {
    const { started, removed } = heldOf(day)(counter);
    const since = counter.rebuild ?? { started: 0, removed: 0 };
    return { started: started - since.started - countedAhead, removed: removed - since.removed };
  };

const heldBefore = (counter: Counter, first: UtcDay): SessionCounts => {
  const isSince = (day: UtcDay): boolean => day >= first;
  return {
    started: counter.total - sumDays(counter.startedByDay, isSince),
    removed: counter.removed - sumDays(counter.removedByDay, isSince),
  };
};

/**
 * How far `rows`, read between two readings of the counter, are from what it held. Removed rows never
 * become fewer; a rebuild may lower what started.
 */
export const differenceOf = (
  rows: number,
  before: SessionCounts,
  after: SessionCounts,
): Difference => {
  // The fewest: all that went are gone and none came yet. The most: none is gone, all are there.
  const least = Math.min(before.started, after.started) - after.removed;
  const most = Math.max(before.started, after.started) - before.removed;
  return { rows: rows - Math.min(Math.max(rows, least), most), uncertainty: most - least };
};
