import { setTimeout as delay } from 'node:timers/promises';
import type { ShardLineage } from '../../tables/stream-reader.ts';
import { consumeShard, type ShardConsumerOptions } from './shard-consumer.ts';
import type { ShardPositions } from './shard-positions.ts';

/** A running reader of a stream. */
export interface EventSourceMapping {
  /**
   * Ends the requests to the stream and lets the running batch end, for two seconds at most; one that
   * hangs longer is left alone, and comes again at the next start. Never rejects.
   */
  readonly stop: () => Promise<void>;
}

const DISCOVERY_MS = 1_000;
const STOP_MS = 2_000;

/**
 * Stands in for Lambda's event source mapping: finds the shards of a stream and delivers each to
 * the handler, a child only after its parent. Goes on until it is stopped, whatever fails.
 */
export const startEventSourceMapping = (
  delivery: Omit<ShardConsumerOptions, 'signal'>,
): EventSourceMapping => {
  const abort = new AbortController();
  const consumers = new Map<string, Promise<void>>();
  const discovery = discoverShards({ ...delivery, signal: abort.signal }, consumers);
  return {
    stop: async () => {
      abort.abort();
      const ended = Promise.allSettled([discovery, ...consumers.values()]);
      const patience = new AbortController();
      await Promise.race([ended, delay(STOP_MS, undefined, { signal: patience.signal })]);
      patience.abort();
    },
  };
};

const discoverShards = async (
  delivery: ShardConsumerOptions,
  consumers: Map<string, Promise<void>>,
): Promise<void> => {
  const { reader, positions, log, signal } = delivery;
  for (;;) {
    try {
      for (const { shardId } of readyShards(await reader.listShards(signal), positions)) {
        if (!consumers.has(shardId)) startConsumer(shardId, delivery, consumers);
      }
    } catch (error) {
      if (!signal.aborted) log.error('The shards of the stream cannot be listed', error as Error);
    }
    await delay(DISCOVERY_MS, undefined, { signal });
  }
};

// One that ends early, because its position could not be kept, is found ready and starts again.
const startConsumer = (
  shardId: string,
  delivery: ShardConsumerOptions,
  consumers: Map<string, Promise<void>>,
): void => {
  const { log, signal } = delivery;
  const consumer = consumeShard(shardId, delivery)
    .catch((error) => {
      if (!signal.aborted) log.error(`The consumer of ${shardId} ended and starts again`, error);
    })
    .finally(() => consumers.delete(shardId));
  consumers.set(shardId, consumer);
};

/** The shards whose parent is delivered to its end or has left the stream. */
const readyShards = (shards: ShardLineage[], positions: ShardPositions): ShardLineage[] => {
  const listed = new Set(shards.map(({ shardId }) => shardId));
  const isDelivered = (shardId: string): boolean =>
    !listed.has(shardId) || positions.isFinished(shardId);
  return shards.filter(
    ({ shardId, parentShardId }) =>
      !positions.isFinished(shardId) && (!parentShardId || isDelivered(parentShardId)),
  );
};
