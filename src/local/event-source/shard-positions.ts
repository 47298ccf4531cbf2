import type { Position } from '../../tables/shard-position.ts';

/** Where the delivery of a shard goes on. */
export interface ResumePoint {
  readonly position: Position;
  /**
   * When the position had been reached, epoch milliseconds, so that its record is older; undefined
   * when nobody knows. A younger record under the same number is one of another stream.
   */
  readonly reachedMs?: number | undefined;
}

/**
 * How far each shard was delivered, as Lambda keeps it for an event source mapping. It saves
 * work and no more: records that come again are told apart by whoever takes them.
 */
export interface ShardPositions {
  /** Whether the shard was delivered to its end. */
  readonly isFinished: (shardId: string) => boolean;
  /**
   * Asked whenever a shard is opened; `start` for one that is not known. Rejects when it cannot be
   * told now.
   */
  readonly find: (shardId: string) => Promise<ResumePoint>;
  readonly set: (shardId: string, position: Position) => void;
}

/** ShardPositions that can be looked at. */
export interface InMemoryShardPositions extends ShardPositions {
  readonly get: (shardId: string) => Position;
}

/** ShardPositions that are forgotten with the process. */
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
