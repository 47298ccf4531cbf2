import type { Position } from '../../tables/shard-position.ts';
import type { StreamReader } from '../../tables/stream-reader.ts';

/** Where the delivery of a shard resumes. */
export interface ResumePoint {
  readonly position: Position;
  /**
   * When the position was reached, epoch milliseconds; its record was written earlier. A record with
   * the same sequence number that was written later belongs to another stream. Undefined if unknown.
   */
  readonly reachedMs?: number | undefined;
  /**
   * Whether everything up to the position is delivered, as far as the stream shows; if not, the delivery begins
   * again at the trim horizon. Without it, everything is. Throws what the reader throws.
   */
  readonly isComplete?: IsComplete | undefined;
}

/** Reads the stream to find out; aborts with the signal. */
export type IsComplete = (
  reader: Pick<StreamReader, 'openShard' | 'readRecords'>,
  signal: AbortSignal,
) => Promise<boolean>;

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
