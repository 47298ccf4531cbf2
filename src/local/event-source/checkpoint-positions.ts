import type { Checkpoint, Counter } from '../../domain/counter.ts';
import { type Position, positionAfterSequence } from '../../tables/shard-position.ts';
import type { ResumePoint, ShardPositions } from './shard-positions.ts';

const SECOND_MS = 1_000;

/**
 * ShardPositions that the counter itself keeps: each shard goes on at its checkpoint, which moved in the
 * same write as the total. So a database that is restored or replaced, with the counter in it, can
 * be neither ahead of nor behind them. Only what no checkpoint tells is remembered: which shards
 * are finished, and which begin at the start because their checkpoint leads nowhere.
 */
export const createCheckpointPositions = (readCounter: () => Promise<Counter>): ShardPositions => {
  const exceptions = new Map<string, Position>();
  return {
    isFinished: (shardId) => exceptions.get(shardId) === 'finished',
    find: async (shardId) => {
      const position = exceptions.get(shardId);
      if (position !== undefined) return { position };
      return resumePointOf((await readCounter()).checkpoints.get(shardId));
    },
    set: (shardId, position) => {
      if (position === 'start' || position === 'finished') exceptions.set(shardId, position);
      else exceptions.delete(shardId);
    },
  };
};

const resumePointOf = (checkpoint: Checkpoint | undefined): ResumePoint =>
  checkpoint === undefined
    ? { position: 'start' }
    : {
        position: positionAfterSequence(checkpoint.sequence),
        // The checkpoint tells the second that it was written in.
        reachedMs: (checkpoint.at + 1) * SECOND_MS,
      };
