import { type Checkpoint, type Counter, HISTORY_DAYS, type RunningRebuild } from './counter.ts';
import { type Packing, planPacking, separateDays } from './day-packing.ts';
import type { Tally } from './tally.ts';
import { DAY_MS, type UtcDay, utcDay } from './utc-day.ts';
import { byMonth, type UtcMonth } from './utc-month.ts';

/**
 * A checkpoint this much older than the newest record is dropped. Dropping is safe at any age, because
 * the watermark covers it. The lifetime only limits how far one shard may lag behind the others before
 * its records count as late. It must be more than the 24 hours after which a stream may drop a record; the
 * hour beyond is for records that it keeps a little longer.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html
 */
export const CHECKPOINT_LIFETIME_SECONDS = 25 * 3600;

/**
 * The most checkpoints that one write drops; later writes drop the rest. Each one adds to the condition,
 * which is limited as `MAX_PACKED_DAYS` says.
 */
export const MAX_DROPPED_CHECKPOINTS = 50;

/** The most days of each kind that one write drops, for the same reason. */
const MAX_DROPPED_DAYS = 60;

/** A change to the counter, valid only while the counter still matches what the change was planned on. */
export interface CounterChange {
  /** The name of the counter. */
  readonly counter: string;
  readonly shardId: string;
  /** The checkpoint that the batch was folded on; undefined for a new shard. */
  readonly expectedCheckpoint: Checkpoint | undefined;
  readonly checkpoint: Checkpoint;
  readonly started: number;
  readonly removed: number;
  readonly startedByDay: ReadonlyMap<UtcDay, number>;
  readonly removedByDay: ReadonlyMap<UtcDay, number>;
  readonly startedByMonth: ReadonlyMap<UtcMonth, number>;
  /** What this write drops because of its age. */
  readonly expired: {
    /** The days that are stored separately; a packing drops the others. */
    readonly startedDays: readonly UtcDay[];
    readonly removedDays: readonly UtcDay[];
    /** Each is dropped only if it is unchanged. */
    readonly checkpoints: ReadonlyMap<string, Checkpoint>;
  };
  /** Moves closed days into the pack. */
  readonly packing: Packing | undefined;
  /** The watermark that the change was planned on, and the one that it writes. */
  readonly watermark: { readonly expected: number; readonly next: number };
  /** ISO 8601 UTC; undefined leaves the stored value. */
  readonly updatedAt: string | undefined;
  /** What it adds to the running rebuild; valid only while that rebuild lasts. */
  readonly rebuild: RunningRebuild | undefined;
}

/**
 * The single write that moves the total, the days and the checkpoint of `shardId` by `tally`, and drops
 * what is much older than the newest record of the batch; undefined when the tally has nothing new.
 * `lastKnownCounter` supplies the expired days and checkpoints, the watermark and the running rebuild.
 * All times come from DynamoDB, so no container's clock decides anything.
 */
export const planChange = (
  { counter, shardId, expectedCheckpoint, lastKnownCounter }: ChangeExpectation,
  tally: Tally,
): CounterChange | undefined => {
  const { lastSequence, writtenAt } = tally;
  if (lastSequence === undefined) return undefined;
  const isKept = keptDays(writtenAt);
  const checkpoints = expiredCheckpoints(lastKnownCounter, shardId, writtenAt);
  const added = {
    startedByDay: filterDays(tally.startedByDay, isKept),
    removedByDay: filterDays(tally.removedByDay, isKept),
    // Also of days that are no longer kept: a month is kept for ever.
    startedByMonth: byMonth(tally.startedByDay),
  };
  return {
    counter,
    shardId,
    expectedCheckpoint,
    checkpoint: {
      sequence: lastSequence,
      at: Math.max(expectedCheckpoint?.at ?? 0, writtenAt ?? 0),
    },
    started: tally.started,
    removed: tally.removed,
    ...added,
    expired: {
      startedDays: expiredDays(lastKnownCounter, 'startedByDay', isKept),
      removedDays: expiredDays(lastKnownCounter, 'removedByDay', isKept),
      checkpoints,
    },
    packing: planPacking(lastKnownCounter, { writtenAt, added, isKept }),
    watermark: raiseWatermark(lastKnownCounter.watermark, checkpoints),
    updatedAt: writtenAt === undefined ? undefined : new Date(writtenAt * 1000).toISOString(),
    rebuild: lastKnownCounter.rebuild && {
      cutoff: lastKnownCounter.rebuild.cutoff,
      ...tally.afterCutoff,
    },
  };
};

/** What a change is planned on. */
export interface ChangeExpectation {
  readonly counter: string;
  readonly shardId: string;
  readonly expectedCheckpoint: Checkpoint | undefined;
  readonly lastKnownCounter: Counter;
}

type IsKept = (day: UtcDay) => boolean;

// Future days are kept: a wrong clock in ingest must not delete a day from the counter.
const keptDays = (writtenAt: number | undefined): IsKept => {
  if (writtenAt === undefined) return () => true;
  const lastDropped = utcDay(writtenAt * 1000 - HISTORY_DAYS * DAY_MS);
  return (day) => day > lastDropped;
};

const filterDays = (numbers: ReadonlyMap<UtcDay, number>, isKept: IsKept): Map<UtcDay, number> =>
  new Map([...numbers].filter(([day]) => isKept(day)));

const expiredDays = (
  counter: Counter,
  kind: 'startedByDay' | 'removedByDay',
  isKept: IsKept,
): UtcDay[] =>
  [...separateDays(counter[kind], counter.pack[kind]).keys()]
    .filter((day) => !isKept(day))
    .slice(0, MAX_DROPPED_DAYS);

// A checkpoint without a time is kept, because no watermark can cover it.
const expiredCheckpoints = (
  { checkpoints }: Counter,
  shardId: string,
  writtenAt = 0,
): Map<string, Checkpoint> =>
  new Map(
    [...checkpoints]
      .filter(
        ([id, { at }]) => id !== shardId && at > 0 && at < writtenAt - CHECKPOINT_LIFETIME_SECONDS,
      )
      .slice(0, MAX_DROPPED_CHECKPOINTS),
  );

const raiseWatermark = (expected: number, dropped: ReadonlyMap<string, Checkpoint>) => ({
  expected,
  next: Math.max(expected, ...[...dropped.values()].map(({ at }) => at)),
});
