import { setTimeout as delay } from 'node:timers/promises';
import { createIsCounted } from '../../src/audit/stream-progress.ts';
import { waitUntilCounted } from '../../src/audit/until-counted.ts';
import type { Database, TableNames } from '../../src/local/database.ts';
import { createInMemoryShardPositions } from '../../src/local/event-source/shard-positions.ts';
import { startProjection } from '../../src/local/projection.ts';
import { scanCounters } from '../../src/tables/scan-counters.ts';
import { createStreamReader, type StreamReader } from '../../src/tables/stream-reader.ts';

const POLL_MS = 100;
const GIVE_UP_MS = 120_000;

/** Waits until everything in the stream is counted. Rejects when that takes too long. */
export const waitUntilDrained = (
  { client, streams, streamArn }: Database,
  { COUNTS_TABLE }: TableNames,
): Promise<void> => {
  const reader = createStreamReader(streams, streamArn);
  const readCounters = () => scanCounters(client, COUNTS_TABLE, 'strong');
  // On AWS the pauses are longer because of its limits.
  const sleep = () => delay(POLL_MS);
  const isCounted = createIsCounted({ reader, readCounters, sleep });
  return waitUntilCounted({ isCounted, now: Date.now, sleep });
};

/**
 * Delivers the whole stream to a projector again, from its start, and returns once the projector has
 * processed the last record. Rejects when that takes too long.
 */
export const replayStream = async (database: Database, tables: TableNames): Promise<void> => {
  const ends = await readEnds(createStreamReader(database.streams, database.streamArn));
  const positions = createInMemoryShardPositions();
  const source = startProjection({ ...tables }, database, { positions });
  const isDelivered = (): boolean =>
    [...ends].every(([shardId, last]) => ['finished', last].includes(positions.get(shardId)));
  try {
    for (const giveUpAt = Date.now() + GIVE_UP_MS; !isDelivered(); await delay(POLL_MS)) {
      if (Date.now() > giveUpAt) throw new Error(`No replay within ${GIVE_UP_MS} ms`);
    }
  } finally {
    await source.stop();
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

// Writes have stopped, so a page without records is the end of an open shard.
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
