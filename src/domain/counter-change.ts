import type { Checkpoint, Counter, CounterChange } from './counter.ts';
import type { Tally } from './tally.ts';
import { DAY_MS, type UtcDay, utcDay } from './utc-day.ts';

/** How many days of new sessions the counter keeps, today included. */
export const HISTORY_DAYS = 90;

/**
 * How many days of removed rows the counter keeps, today included. An audit leaves out the rows
 * that are younger than a cut in these days, on both sides.
 */
export const REMOVAL_DAYS = 3;

/**
 * How old a checkpoint is dropped. A record lives in its stream for 24 hours, so twice that is
 * past any redelivery.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html
 */
const CHECKPOINT_LIFETIME_SECONDS = 48 * 3600;

/**
 * How many checkpoints leave in one write at most. Each adds to the condition, and an expression
 * has 4 KB; the rest leave with the writes that follow.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
 */
export const MAX_DROPPED_CHECKPOINTS = 50;

/**
 * The one write that moves total, days and checkpoint of `shardId` by `tally`, and drops what has
 * expired at `nowMs` (epoch milliseconds). `basis` is the checkpoint that `tally` was folded on,
 * `seen` the counter as last seen; it tells what may be dropped, and under which rebuild.
 * Undefined when the tally holds nothing new.
 */
export const planChange = (
  { shardId, basis, seen }: ChangeBasis,
  tally: Tally,
  nowMs: number,
): CounterChange | undefined =>
  tally.lastSequence && {
    shardId,
    basis,
    checkpoint: { sequence: tally.lastSequence, at: epochSeconds(nowMs) },
    started: tally.started,
    removed: tally.removed,
    startedByDay: new Map([...tally.startedByDay].filter(isWithin(HISTORY_DAYS, nowMs))),
    removedByDay: new Map([...tally.removedByDay].filter(isWithin(REMOVAL_DAYS, nowMs))),
    expired: {
      startedDays: daysOutside(HISTORY_DAYS, seen.startedByDay, nowMs),
      removedDays: daysOutside(REMOVAL_DAYS, seen.removedByDay, nowMs),
      checkpoints: expiredCheckpoints(seen, shardId, nowMs),
    },
    updatedAt: new Date(nowMs).toISOString(),
    rebuild: seen.rebuild && { cut: seen.rebuild.cut, ...tally.sinceCut },
  };

/** What a change is planned on. */
export interface ChangeBasis {
  readonly shardId: string;
  readonly basis: Checkpoint | undefined;
  readonly seen: Counter;
}

const epochSeconds = (epochMs: number): number => Math.floor(epochMs / 1000);

// Tomorrow belongs: the ingest function's clock may be ahead of this one over midnight.
const isWithin =
  (days: number, nowMs: number) =>
  ([day]: readonly [UtcDay, number]): boolean =>
    day > utcDay(nowMs - days * DAY_MS) && day <= utcDay(nowMs + DAY_MS);

const daysOutside = (
  days: number,
  numbers: ReadonlyMap<UtcDay, number>,
  nowMs: number,
): UtcDay[] => {
  const isKept = isWithin(days, nowMs);
  return [...numbers].filter((entry) => !isKept(entry)).map(([day]) => day);
};

const expiredCheckpoints = (
  { checkpoints }: Counter,
  shardId: string,
  nowMs: number,
): Map<string, Checkpoint> =>
  new Map(
    [...checkpoints]
      .filter(
        ([id, { at }]) => id !== shardId && at < epochSeconds(nowMs) - CHECKPOINT_LIFETIME_SECONDS,
      )
      .slice(0, MAX_DROPPED_CHECKPOINTS),
  );
