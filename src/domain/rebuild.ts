import { findDrift } from './audit.ts';
import type { Counter } from './counter.ts';
import { DAY_MS, type UtcDay, utcDay } from './utc-day.ts';

/** What a rebuild compares. */
export interface RebuildEvidence {
  /** ISO 8601 UTC. */
  readonly cut: string;
  /** The rows of first visits before each of `instantsOfRebuild`, as they were read. */
  readonly rows: readonly number[];
  /** The counter before the first row was read, when all visits before the cut were counted. */
  readonly before: Counter;
  /** The counter when it had counted all that happened until the last row was read. */
  readonly after: Counter;
}

/** By how much the counter is to move. */
export interface Correction {
  readonly cut: string;
  /** Above 0 sessions were missing from the total, below 0 they were counted twice. */
  readonly drift: number;
  /** By how much the drift may be wrong; 0 unless old rows came or went while they were read. */
  readonly uncertainty: number;
  /** The part of the drift that is of the days which audits still compare. */
  readonly driftByDay: ReadonlyMap<UtcDay, number>;
}

// The days whose numbers an audit after the cut may look at: the day before, and its own.
const daysOfRebuild = (cut: string): [UtcDay, UtcDay] => {
  const cutMs = Date.parse(cut);
  return [utcDay(cutMs - DAY_MS), utcDay(cutMs)];
};

/** Until when rows are counted, epoch milliseconds: two beginnings of days, and the cut. */
export const instantsOfRebuild = (cut: string): readonly number[] =>
  [...daysOfRebuild(cut), cut].map((text) => Date.parse(text));

/**
 * The last instant, ISO 8601 UTC, that the counter may have been written at when a rebuild ends:
 * a later write may have dropped the days that the rebuild looked at.
 */
export const deadlineOfRebuild = (cut: string): string =>
  new Date(Date.parse(cut) + DAY_MS).toISOString();

/**
 * What makes the counter agree with the rows. The projector counts the sessions since the cut
 * apart, so visits meanwhile change neither side. An old row that came or went while the rows
 * were read may have been seen or not, so every number that allows for that is no drift.
 */
export const findCorrection = (evidence: RebuildEvidence): Correction => {
  const { cut, rows } = evidence;
  const [beforeYesterday = 0, beforeToday = 0, beforeCut = 0] = rows;
  const [yesterday, today] = daysOfRebuild(cut);
  const { least, most } = oldRows(evidence);
  const drift = beforeCut - Math.min(Math.max(beforeCut, least), most);
  const old = driftBefore(today, beforeToday, evidence);
  const older = driftBefore(yesterday, beforeYesterday, evidence);
  const byDay: [UtcDay, number][] = [
    [yesterday, old - older],
    [today, drift - old],
  ];
  const driftByDay = new Map(byDay.filter(([, part]) => part !== 0));
  return { cut, drift, uncertainty: most - least, driftByDay };
};

// The fewest: all that went are gone and none came yet. The most: none is gone, all are there.
const oldRows = ({ before, after }: RebuildEvidence) => ({
  least: oldStarted(before) - oldRemoved(after),
  most: oldStarted(after) - oldRemoved(before),
});

const oldStarted = ({ total, rebuild }: Counter): number => total - (rebuild?.started ?? 0);

const oldRemoved = ({ removed, rebuild }: Counter): number => removed - (rebuild?.removed ?? 0);

const driftBefore = (day: UtcDay, rows: number, { before, after }: RebuildEvidence): number =>
  findDrift({ cut: day, rows, before, after }).drift;
