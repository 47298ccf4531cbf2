import type { Position } from '../../tables/shard-position.ts';

/** Where the delivery of a shard resumes. */
export interface ResumePoint {
  readonly position: Position;
  /**
   * When the position was reached, epoch milliseconds; its record was written earlier. A record with
   * the same sequence number that was written later belongs to another stream. Undefined if unknown.
   */
  readonly reachedMs?: number | undefined;
  /** Whether a record before the position may not be delivered yet: then all is delivered again from the start. */
  readonly isIncomplete?: boolean | undefined;
}

/**
 * How far each shard has been delivered, as Lambda stores it for an event source mapping. It only
 * avoids repeated work: consumers recognize records that are delivered again.
 */
export interface ShardPositions {
  /** Whether the shard was delivered to its end. */
  readonly isFinished: (shardId: string) => boolean;
  /**
   * Called whenever a shard iterator is requested; `start` for an unknown shard. Rejects if the
   * position cannot be read now.
   */
  readonly find: (shardId: string) => Promise<ResumePoint>;
  readonly set: (shardId: string, position: Position) => void;
}

/** Shard positions that can be inspected. */
export interface InMemoryShardPositions extends ShardPositions {
  readonly get: (shardId: string) => Position;
}

/** Shard positions that last as long as the process. */
export const createInMemoryShardPositions = (): InMemoryShardPositions => {
  const shards = new Map<string, Position>();
  const get = (shardId: string): Position => shards.get(shardId) ?? 'start';
  return {
    get,
    isFinished: (shardId) => get(shardId) === 'finished',
    find: async (shardId) => ({ position: get(shardId) }),
    set: (shardId, position) => void shards.set(shardId, position),
  };
};
