import type { StreamReader } from '../../tables/stream-reader.ts';

/** What a reader of a stream hears from it. */
export interface StreamWatch {
  /** The same reader, watched. */
  readonly reader: StreamReader;
  /** Notes that records came. */
  readonly noteRecords: () => void;
  /** How long the stream has been read without a record coming, in milliseconds. */
  readonly idleMs: () => number;
  /** For how long no read has succeeded, in milliseconds. */
  readonly silentMs: () => number;
}

/** Watches the reads of a stream by a clock of epoch milliseconds. */
export const watchStream = (reader: StreamReader, now: () => number): StreamWatch => {
  let answeredMs = now();
  let idleSinceMs: number | undefined;
  const noteAnswer = (): void => {
    answeredMs = now();
    idleSinceMs ??= answeredMs;
  };
  return {
    reader: watchReads(reader, noteAnswer),
    noteRecords: () => {
      idleSinceMs = now();
    },
    // A stream that does not answer is not idle: nobody knows what it holds.
    idleMs: () => (idleSinceMs === undefined ? 0 : answeredMs - idleSinceMs),
    silentMs: () => now() - answeredMs,
  };
};

/**
 * The same reader, which notes each read that succeeds. A list of shards counts as one only while
 * no shard is being read or has failed: it is all that is heard of a stream that is read to its end.
 */
const watchReads = (reader: StreamReader, noteAnswer: () => void): StreamReader => {
  let waiting = 0;
  let hasFailed = false;
  const watch = async <Answer>(read: Promise<Answer>, isAnswer: boolean): Promise<Answer> => {
    waiting += 1;
    try {
      const answer = await read;
      hasFailed = hasFailed && !isAnswer;
      if (isAnswer) noteAnswer();
      return answer;
    } catch (error) {
      hasFailed = true;
      throw error;
    } finally {
      waiting -= 1;
    }
  };
  return {
    listShards: async (signal) => {
      const shards = await reader.listShards(signal);
      if (waiting === 0 && !hasFailed) noteAnswer();
      return shards;
    },
    openShard: (shardId, position, signal) =>
      watch(reader.openShard(shardId, position, signal), false),
    findRecord: (shardId, position, signal) =>
      watch(reader.findRecord(shardId, position, signal), false),
    readRecords: (iterator, signal) => watch(reader.readRecords(iterator, signal), true),
  };
};
