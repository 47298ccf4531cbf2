import type { ByCounter } from './by-counter.ts';
import type { Checkpoint, Counter } from './counter.ts';
import { isAfter } from './sequence-number.ts';

/** The checkpoint of the counter that is furthest in a shard; undefined if no counter has one there. */
export const newestCheckpoint = (
  shardId: string,
  counters: ByCounter<Pick<Counter, 'checkpoints'>>,
): Checkpoint | undefined =>
  [...counters.values()]
    .map(({ checkpoints }) => checkpoints.get(shardId))
    .reduce(
      (newest, next) => (next && isAfter(next.sequence, newest?.sequence) ? next : newest),
      undefined,
    );
