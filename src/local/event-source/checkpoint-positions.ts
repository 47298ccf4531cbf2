import type { ByCounter } from '../../domain/by-counter.ts';
import type { Counter } from '../../domain/counter.ts';
import { newestCheckpoint } from '../../domain/newest-checkpoint.ts';
import { type Position, positionAfterSequence } from '../../tables/shard-position.ts';
import { isCountedUntil } from './is-counted-until.ts';
import type { ResumePoint, ShardPositions } from './shard-positions.ts';

const SECOND_MS = 1_000;

/**
 * Shard positions stored in the counters themselves: each shard resumes at the newest checkpoint, which the projector
 * writes together with the total. So the positions match the counters even after the database was restored or replaced.
 * After a crash between the writes of one batch, a record before that checkpoint may not be counted for its own
 * counter, which may not even have an item: the resume point is complete only if the stream shows that each record
 * before it is counted. Only what a checkpoint cannot express is kept in memory: which shards are finished, and which
 * restart at the trim horizon because the stream does not continue at their checkpoint.
 */
export const createCheckpointPositions = (
  readCounters: () => Promise<ByCounter<Counter>>,
): ShardPositions => {
  const overrides = new Map<string, Position>();
  return {
    isFinished: (shardId) => overrides.get(shardId) === 'finished',
    find: async (shardId) => {
      const position = overrides.get(shardId);
      if (position !== undefined) return { position };
      return toResumePoint(shardId, await readCounters());
    },
    set: (shardId, position) => {
      if (position === 'start' || position === 'finished') overrides.set(shardId, position);
      else overrides.delete(shardId);
    },
  };
};

const toResumePoint = (shardId: string, counters: ByCounter<Counter>): ResumePoint => {
  const newest = newestCheckpoint(shardId, counters);
  if (newest === undefined) return { position: 'start' };
  const { sequence, at } = newest;
  return {
    position: positionAfterSequence(sequence),
    // The checkpoint has whole seconds: its record was written before the next one began.
    reachedMs: (at + 1) * SECOND_MS,
    isComplete: (reader, signal) => isCountedUntil(sequence, { shardId, counters, reader, signal }),
  };
};
