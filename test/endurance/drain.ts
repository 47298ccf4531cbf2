import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '../../src/local/database.ts';
import { createFilePositions } from '../../src/local/event-source/positions.ts';
import {
  createStreamReader,
  type StreamReader,
} from '../../src/local/event-source/stream-reader.ts';

const POLL_MS = 100;
const GIVE_UP_MS = 120_000;

/**
 * Waits until the event source that keeps `positionsFile` has delivered the stream to its present
 * end. Rejects when it does not get there.
 */
export const waitUntilDrained = async (
  { streams, streamArn }: Database,
  positionsFile: string,
): Promise<void> => {
  const ends = await readEnds(createStreamReader(streams, streamArn));
  const isDrained = (): boolean => {
    const positions = createFilePositions(positionsFile, streamArn);
    return [...ends].every(([shardId, last]) =>
      ['finished', last].includes(positions.get(shardId)),
    );
  };
  for (const giveUpAt = Date.now() + GIVE_UP_MS; !isDrained(); await delay(POLL_MS)) {
    if (Date.now() > giveUpAt) {
      throw new Error(`The stream was not delivered to its end within ${GIVE_UP_MS} ms`);
    }
  }
};

/** The last sequence number of each shard that has records. */
const readEnds = async (reader: StreamReader): Promise<Map<string, string>> => {
  const ends = new Map<string, string>();
  for (const { shardId } of await reader.listShards()) {
    const last = await readEnd(reader, shardId);
    if (last !== undefined) ends.set(shardId, last);
  }
  return ends;
};

// Nobody writes any more, so a page without records is the end of an open shard.
const readEnd = async (reader: StreamReader, shardId: string): Promise<string | undefined> => {
  let last: string | undefined;
  let iterator: string | undefined = await reader.openShard(shardId, 'start');
  while (iterator) {
    const { records, nextIterator } = await reader.readRecords(iterator);
    if (records.length === 0) break;
    last = records.at(-1)?.dynamodb?.SequenceNumber;
    iterator = nextIterator;
  }
  return last;
};
