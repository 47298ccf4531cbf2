import type { Sighting } from '../observer/sight-record.ts';

/** One call of the observer, as far as its lines tell. */
export interface Invocation {
  /** `container/call`, which no other invocation has. */
  readonly id: string;
  readonly shardId: string | undefined;
  /** Epoch milliseconds. */
  readonly beganMs: number;
  /** When it ended or was ended by Lambda, epoch milliseconds; undefined when nobody knows. */
  readonly endedMs: number | undefined;
  readonly outcome: Outcome;
  readonly records: readonly Sighting[];
  /** The window that it is of, and whether it is its last. */
  readonly windowStart: string | undefined;
  readonly isFinal: boolean;
  /** The one that Lambda took for the last success of its shard and window. */
  readonly previous: string | undefined;
}

export type Outcome = 'taken' | 'failed' | 'unknown';

/** A time, epoch milliseconds, in which lines are missing. */
export interface Hole {
  readonly fromMs: number;
  readonly toMs: number;
  /** The shard that they are of; undefined when it may be any. */
  readonly shardId: string | undefined;
}

/** What was observed, in the order of time. Lines that were logged twice are in it once. */
export interface Recording {
  readonly invocations: readonly Invocation[];
  /** Each shard that was listed, with the one that it was split from. */
  readonly parents: ReadonlyMap<string, string | undefined>;
  readonly holes: readonly Hole[];
  /** How many lines are the observer's and cannot be read. */
  readonly unreadable: number;
  /** The time of the last line, epoch milliseconds. */
  readonly lastMs: number;
}

/** The invocations of each shard, in the order of time. */
export const byShard = ({
  invocations,
}: Pick<Recording, 'invocations'>): Map<string, Invocation[]> => {
  const shards = new Map<string, Invocation[]>();
  for (const invocation of invocations) {
    const { shardId } = invocation;
    if (shardId === undefined) continue;
    const known = shards.get(shardId);
    if (known) known.push(invocation);
    else shards.set(shardId, [invocation]);
  }
  return shards;
};

/**
 * Whether a line of this shard between these times, epoch milliseconds, may be missing, so that what
 * seems not to have happened then may have happened.
 */
export const mayHide = (
  { holes }: Recording,
  shardId: string,
  { fromMs, toMs }: Pick<Hole, 'fromMs' | 'toMs'>,
): boolean =>
  holes.some(
    (hole) =>
      (hole.shardId === undefined || hole.shardId === shardId) &&
      hole.fromMs <= toMs &&
      hole.toMs >= fromMs,
  );
