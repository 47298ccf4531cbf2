import type { Checkpoint, Counter, RunningRebuild } from './counter.ts';
import type { Tally } from './tally.ts';
import { DAY_MS, type UtcDay, utcDay } from './utc-day.ts';

/** How many days of new sessions and of removed rows the counter keeps, today included. */
export const HISTORY_DAYS = 90;

/**
 * How much older than the newest record a checkpoint is dropped. Dropping is safe at any age, for
 * the watermark remembers it. This only says how late the first delivery of a record may be beside
 * those of other shards: a stream holds a record for 24 hours, and a quarter of that is to spare.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html
 */
export const CHECKPOINT_LIFETIME_SECONDS = 30 * 3600;

/**
 * How many checkpoints leave in one write at most. Each adds to the condition, and an expression
 * has 4 KB; the rest leave with the writes that follow.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
 */
export const MAX_DROPPED_CHECKPOINTS = 50;

/** A change of the counter that holds only while the checkpoints are what it was planned on. */
export interface CounterChange {
  readonly shardId: string;
  /** The checkpoint that the batch was folded on; undefined for a shard not seen before. */
  readonly expectedCheckpoint: Checkpoint | undefined;
  readonly checkpoint: Checkpoint;
  readonly started: number;
  readonly removed: number;
  readonly startedByDay: ReadonlyMap<UtcDay, number>;
  readonly removedByDay: ReadonlyMap<UtcDay, number>;
  /** What leaves in this write because it is too old to matter. */
  readonly expired: {
    readonly startedDays: readonly UtcDay[];
    readonly removedDays: readonly UtcDay[];
    /** Each goes only if it is still this one. */
    readonly checkpoints: ReadonlyMap<string, Checkpoint>;
  };
  /** The watermark that it was planned on, and the one that it leaves. */
  readonly watermark: { readonly expected: number; readonly next: number };
  /** ISO 8601 UTC; undefined leaves what is there. */
  readonly updatedAt: string | undefined;
  /** What it adds to the rebuild that it was planned under; it holds only while that one lasts. */
  readonly rebuild: RunningRebuild | undefined;
}

/**
 * The one write that moves total, days and checkpoint of `shardId` by `tally`, and drops what is
 * much older than the newest record of the batch. All times are DynamoDB's own, so that no clock
 * of a container decides anything. `lastKnownCounter` tells what may be dropped, and under which rebuild.
 * Undefined when the tally holds nothing new.
 */
export const planChange = (
  { shardId, expectedCheckpoint, lastKnownCounter }: ChangeExpectation,
  tally: Tally,
): CounterChange | undefined => {
  const { lastSequence, writtenAt } = tally;
  if (lastSequence === undefined) return undefined;
  const isKept = keptDays(writtenAt);
  const checkpoints = expiredCheckpoints(lastKnownCounter, shardId, writtenAt);
  return {
    shardId,
    expectedCheckpoint,
    checkpoint: {
      sequence: lastSequence,
      at: Math.max(expectedCheckpoint?.at ?? 0, writtenAt ?? 0),
    },
    started: tally.started,
    removed: tally.removed,
    startedByDay: filterDays(tally.startedByDay, isKept),
    removedByDay: filterDays(tally.removedByDay, isKept),
    expired: {
      startedDays: [...lastKnownCounter.startedByDay.keys()].filter((day) => !isKept(day)),
      removedDays: [...lastKnownCounter.removedByDay.keys()].filter((day) => !isKept(day)),
      checkpoints,
    },
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
  readonly shardId: string;
  readonly expectedCheckpoint: Checkpoint | undefined;
  readonly lastKnownCounter: Counter;
}

type IsKept = (day: UtcDay) => boolean;

// Days ahead stay: a clock of ingest that was wrong must not make the counter forget a day.
const keptDays = (writtenAt: number | undefined): IsKept => {
  if (writtenAt === undefined) return () => true;
  const lastDropped = utcDay(writtenAt * 1000 - HISTORY_DAYS * DAY_MS);
  return (day) => day > lastDropped;
};

const filterDays = (numbers: ReadonlyMap<UtcDay, number>, isKept: IsKept): Map<UtcDay, number> =>
  new Map([...numbers].filter(([day]) => isKept(day)));

// One without a time stays, since no watermark could speak for it.
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
