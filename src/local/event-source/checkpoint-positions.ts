import type { Checkpoint, Counter } from '../../domain/counter.ts';
import { type Position, positionAfterSequence } from '../../tables/shard-position.ts';
import type { ResumePoint, ShardPositions } from './shard-positions.ts';

const SECOND_MS = 1_000;

/**
 * Shard positions stored in the counter itself: each shard resumes at its checkpoint, which the
 * projector writes together with the total. So the positions match the counter even after the
 * database was restored or replaced. Only what a checkpoint cannot express is kept in memory: which
 * shards are finished, and which restart at the trim horizon because the stream does not continue at
 * their checkpoint.
 */
export const createCheckpointPositions = (readCounter: () => Promise<Counter>): ShardPositions => {
  const overrides = new Map<string, Position>();
  return {
    isFinished: (shardId) => overrides.get(shardId) === 'finished',
    find: async (shardId) => {
      const position = overrides.get(shardId);
      if (position !== undefined) return { position };
      return toResumePoint((await readCounter()).checkpoints.get(shardId));
    },
    set: (shardId, position) => {
      if (position === 'start' || position === 'finished') overrides.set(shardId, position);
      else overrides.delete(shardId);
    },
  };
};

const toResumePoint = (checkpoint: Checkpoint | undefined): ResumePoint =>
  checkpoint === undefined
    ? { position: 'start' }
    : {
        position: positionAfterSequence(checkpoint.sequence),
        // The checkpoint has whole seconds: its record was written before the next one began.
        reachedMs: (checkpoint.at + 1) * SECOND_MS,
      };
