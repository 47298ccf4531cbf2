import type { StreamReader } from '../../tables/stream-reader.ts';

/** Measures how long a stream has been idle or silent. */
export interface StreamWatch {
  /** The reader whose reads are watched. */
  readonly reader: StreamReader;
  /** Notes that records have arrived. */
  readonly noteRecords: () => void;
  /** For how long reads have succeeded without a record, in milliseconds. */
  readonly idleMs: () => number;
  /** For how long no read has succeeded, in milliseconds. */
  readonly silentMs: () => number;
}

/** Watches the reads of a stream; `now` returns epoch milliseconds. */
export const watchStream = (reader: StreamReader, now: () => number): StreamWatch => {
  let lastReadMs = now();
  let idleSinceMs: number | undefined;
  const noteRead = (): void => {
    lastReadMs = now();
    idleSinceMs ??= lastReadMs;
  };
  return {
    reader: watchReads(reader, noteRead),
    noteRecords: () => {
      idleSinceMs = now();
    },
    // A stream that does not respond is not idle: it may have records.
    idleMs: () => (idleSinceMs === undefined ? 0 : lastReadMs - idleSinceMs),
    silentMs: () => now() - lastReadMs,
  };
};

/**
 * Wraps a reader to note each successful read. Listing the shards counts as a read only while no
 * shard is being read or has failed: a stream that has been read to its end gets no other request.
 */
const watchReads = (reader: StreamReader, noteRead: () => void): StreamReader => {
  let pending = 0;
  let hasFailed = false;
  const watch = async <Result>(read: Promise<Result>, isRead: boolean): Promise<Result> => {
    pending += 1;
    try {
      const result = await read;
      hasFailed = hasFailed && !isRead;
      if (isRead) noteRead();
      return result;
    } catch (error) {
      hasFailed = true;
      throw error;
    } finally {
      pending -= 1;
    }
  };
  return {
    listShards: async (signal) => {
      const shards = await reader.listShards(signal);
      if (pending === 0 && !hasFailed) noteRead();
      return shards;
    },
    openShard: (shardId, position, signal) =>
      watch(reader.openShard(shardId, position, signal), false),
    findRecord: (shardId, position, signal) =>
      watch(reader.findRecord(shardId, position, signal), false),
    readRecords: (iterator, signal) => watch(reader.readRecords(iterator, signal), true),
  };
};
