import { setTimeout as delay } from 'node:timers/promises';
import type { ShardLineage } from '../../tables/stream-reader.ts';
import { DEFAULT_TIMING, type MappingTiming } from './mapping-timing.ts';
import { consumeShard, type ShardConsumerOptions } from './shard-consumer.ts';
import type { ShardPositions } from './shard-positions.ts';

/** A running event source mapping. */
export interface EventSourceMapping {
  /**
   * Aborts requests to the stream and waits up to two seconds for the running batch. A batch that
   * takes longer is abandoned and delivered again at the next start. Never rejects. Safe to repeat.
   */
  readonly stop: () => Promise<void>;
}

export interface EventSourceMappingOptions extends Omit<ShardConsumerOptions, 'signal' | 'timing'> {
  readonly timing?: MappingTiming | undefined;
}

/**
 * Does the work of Lambda's event source mapping: discovers the shards of a stream and delivers each
 * to the handler, a child only after its parent. Continues after every failure until it is stopped.
 */
export const startEventSourceMapping = ({
  timing = DEFAULT_TIMING,
  ...options
}: EventSourceMappingOptions): EventSourceMapping => {
  const abort = new AbortController();
  const consumers = new Map<string, Promise<void>>();
  const discovery = discoverShards({ ...options, timing, signal: abort.signal }, consumers);
  const stopAll = async (): Promise<void> => {
    abort.abort();
    const ended = Promise.allSettled([discovery, ...consumers.values()]);
    const timeout = new AbortController();
    await Promise.race([ended, delay(timing.stopMs, undefined, { signal: timeout.signal })]);
    timeout.abort();
  };
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopped ??= stopAll();
    return stopped;
  };
  return { stop };
};

const discoverShards = async (
  options: ShardConsumerOptions,
  consumers: Map<string, Promise<void>>,
): Promise<void> => {
  const { reader, positions, log, signal, timing } = options;
  for (;;) {
    try {
      for (const { shardId } of findReadyShards(await reader.listShards(signal), positions)) {
        if (!consumers.has(shardId)) startConsumer(shardId, options, consumers);
      }
    } catch (error) {
      if (!signal.aborted) log.error('Cannot list the shards of the stream', error as Error);
    }
    await delay(timing.discoveryMs, undefined, { signal });
  }
};

// A consumer that failed, because its position could not be stored, restarts at the next discovery.
const startConsumer = (
  shardId: string,
  options: ShardConsumerOptions,
  consumers: Map<string, Promise<void>>,
): void => {
  const { log, signal } = options;
  const consumer = consumeShard(shardId, options)
    .catch((error) => {
      if (!signal.aborted) log.error(`The consumer of ${shardId} failed and restarts`, error);
    })
    .finally(() => consumers.delete(shardId));
  consumers.set(shardId, consumer);
};

/** The unfinished shards whose parent is finished or has left the stream. */
const findReadyShards = (shards: ShardLineage[], positions: ShardPositions): ShardLineage[] => {
  const listed = new Set(shards.map(({ shardId }) => shardId));
  const isDelivered = (shardId: string): boolean =>
    !listed.has(shardId) || positions.isFinished(shardId);
  return shards.filter(
    ({ shardId, parentShardId }) =>
      !positions.isFinished(shardId) && (!parentShardId || isDelivered(parentShardId)),
  );
};
