import type { ObservedRecord } from '../observer/observe-record.ts';

/** One call of the observer, as far as its lines show. */
export interface Invocation {
  /** `container/call`, unique to the invocation. */
  readonly id: string;
  readonly shardId: string | undefined;
  /** Epoch milliseconds. */
  readonly beganMs: number;
  /** When it ended or Lambda ended it, epoch milliseconds; undefined when unknown. */
  readonly endedMs: number | undefined;
  readonly outcome: Outcome;
  readonly records: readonly ObservedRecord[];
  /** The start of its window, and whether it is the final invocation of it. */
  readonly windowStart: string | undefined;
  readonly isFinal: boolean;
  /** The last successful call of its shard and window according to Lambda. */
  readonly previous: string | undefined;
}

export type Outcome = 'taken' | 'failed' | 'unknown';

/** A period, in epoch milliseconds, with missing lines. */
export interface Gap {
  readonly fromMs: number;
  readonly toMs: number;
  /** The shard of the missing lines; undefined when it may be any. */
  readonly shardId: string | undefined;
}

/** What was observed, in order of time and without duplicates. */
export interface Recording {
  readonly invocations: readonly Invocation[];
  /** The parent of each listed shard. */
  readonly parents: ReadonlyMap<string, string | undefined>;
  readonly gaps: readonly Gap[];
  /** The number of unreadable lines of the observer. */
  readonly unreadable: number;
  /** The time of the last line, epoch milliseconds. */
  readonly lastMs: number;
}

/** The invocations of each shard, in order of time. */
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
 * Whether a line of this shard between these times, epoch milliseconds, may be missing, so that something
 * not in the recording may still have happened.
 */
export const mayHide = (
  { gaps }: Recording,
  shardId: string,
  { fromMs, toMs }: Pick<Gap, 'fromMs' | 'toMs'>,
): boolean =>
  gaps.some(
    (gap) =>
      (gap.shardId === undefined || gap.shardId === shardId) &&
      gap.fromMs <= toMs &&
      gap.toMs >= fromMs,
  );
