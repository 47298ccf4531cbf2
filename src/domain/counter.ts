import type { SequenceNumber } from './sequence-number.ts';
import type { UtcDay } from './utc-day.ts';

/** How far one shard of the stream is counted. */
export interface Checkpoint {
  /** The last sequence number that the total contains. */
  readonly sequence: SequenceNumber;
  /**
   * When DynamoDB wrote the newest record that the total contains of this shard, epoch seconds; 0
   * when no record told.
   */
  readonly at: number;
}

/**
 * The one aggregate. For every shard the total contains exactly the inserts at or before its
 * checkpoint, because both only ever move in the same write.
 */
export interface Counter {
  /** Distinct sessions ever. Stream records only raise it; a rebuild may lower it. */
  readonly total: number;
  /** Rows deleted since; `total - removed` is the number of rows in the sessions table. */
  readonly removed: number;
  readonly startedByDay: ReadonlyMap<UtcDay, number>;
  /** Removed rows by the day of their first visit. */
  readonly removedByDay: ReadonlyMap<UtcDay, number>;
  readonly checkpoints: ReadonlyMap<string, Checkpoint>;
  /**
   * The newest `at` of the checkpoints that were dropped, 0 before the first. A record that
   * DynamoDB wrote until then, and that no checkpoint covers, may be counted already. Only rises.
   */
  readonly watermark: number;
  /** When DynamoDB wrote the newest record of the last write; ISO 8601 UTC, if a record told. */
  readonly updatedAt: string | undefined;
  /** The rebuild under way. */
  readonly rebuild: RunningRebuild | undefined;
  /** The cutoff that was marked last, whatever became of its rebuild. */
  readonly lastCutoff: string | undefined;
  /** The last rebuild that ended in a new total. */
  readonly rebuilt: EndedRebuild | undefined;
}

/** How many sessions started, and how many rows were removed. */
export interface SessionCounts {
  readonly started: number;
  readonly removed: number;
}

/** What the counter holds of a rebuild while it lasts. */
export interface RunningRebuild extends SessionCounts {
  /** The rows of first visits before it are counted again; ISO 8601 UTC, and the rebuild's name. */
  readonly cutoff: string;
}

/** What the counter holds of a rebuild that is over. */
export interface EndedRebuild {
  readonly cutoff: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** By how much it moved the total, and the number of removed rows. */
  readonly total: number;
  readonly removed: number;
}

/** The counter before the first visit. */
export const EMPTY_COUNTER: Counter = {
  total: 0,
  removed: 0,
  startedByDay: new Map(),
  removedByDay: new Map(),
  checkpoints: new Map(),
  watermark: 0,
  updatedAt: undefined,
  rebuild: undefined,
  lastCutoff: undefined,
  rebuilt: undefined,
};
