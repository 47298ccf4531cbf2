import type { Counter } from '../domain/counter.ts';
import { isAfter, parseSequenceNumber, type SequenceNumber } from '../domain/sequence-number.ts';
import { EVENT_SOURCE } from '../tables/event-source-settings.ts';
import { positionAfterSequence } from '../tables/shard-position.ts';
import type { RecordsPage, StreamReader } from '../tables/stream-reader.ts';

export interface StreamProgressDependencies {
  readonly reader: Pick<StreamReader, 'listShards' | 'openShard' | 'readRecords'>;
  readonly readCounter: () => Promise<Counter>;
  readonly sleep: (ms: number) => Promise<unknown>;
}

/** Whether everything written to the table until an instant (epoch milliseconds) is counted. */
export type IsCounted = (untilMs: number) => Promise<boolean>;

// A page may be empty although records follow, and AWS does not say how many empty pages are possible. A
// shard with children is closed, so it can be read to its end; an open shard has none.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetRecords.html
const EMPTY_PAGES = 4;
// A shard allows five reads per second, and Lambda's polling uses four of them.
const PAUSE_MS = 300;

/**
 * Searches the stream, after the checkpoint of each shard, for a record that is still to be counted.
 * False is certain. True is certain for closed shards; for an open shard it means that four consecutive
 * pages after its last record were empty. Throws what the SDK throws.
 */
export const createIsCounted =
  (dependencies: StreamProgressDependencies): IsCounted =>
  async (untilMs) => {
    const { checkpoints, watermark } = await dependencies.readCounter();
    const shards = await dependencies.reader.listShards();
    const closed = new Set(shards.map(({ parentShardId }) => parentShardId));
    const answers = await Promise.all(
      shards.map(({ shardId }) =>
        isShardCounted(dependencies, {
          ...{ shardId, checkpoint: checkpoints.get(shardId)?.sequence, watermark, untilMs },
          emptyPages: closed.has(shardId) ? Number.POSITIVE_INFINITY : EMPTY_PAGES,
        }),
      ),
    );
    return answers.every((isCounted) => isCounted);
  };

interface ShardProgress {
  readonly shardId: string;
  readonly checkpoint: SequenceNumber | undefined;
  /** Epoch seconds: uncounted records written at or before it will never be counted. */
  readonly watermark: number;
  readonly untilMs: number;
  /** After this many consecutive empty pages the shard is assumed to be read to its end. */
  readonly emptyPages: number;
}

const isShardCounted = async (
  { reader, sleep }: StreamProgressDependencies,
  progress: ShardProgress,
): Promise<boolean> => {
  const { shardId, checkpoint, untilMs, emptyPages } = progress;
  let iterator: string | undefined = await openAfter(reader, shardId, checkpoint);
  for (let empty = 0; iterator !== undefined && empty < emptyPages; ) {
    const page = await reader.readRecords(iterator);
    if (page.records.some((record) => isWaiting(record, progress))) return false;
    if (page.records.some(({ dynamodb }) => writtenMs(dynamodb) > untilMs)) return true;
    empty = page.records.length === 0 ? empty + 1 : 0;
    iterator = page.nextIterator;
    if (iterator !== undefined) await sleep(PAUSE_MS);
  }
  return true;
};

// The record of the checkpoint may have been trimmed from the stream.
const openAfter = async (
  reader: StreamProgressDependencies['reader'],
  shardId: string,
  checkpoint: SequenceNumber | undefined,
): Promise<string> => {
  const openStart = () => reader.openShard(shardId, 'start');
  if (checkpoint === undefined) return openStart();
  return reader.openShard(shardId, positionAfterSequence(checkpoint)).catch(openStart);
};

type Record = RecordsPage['records'][number];

const isWaiting = (
  { eventName, dynamodb }: Record,
  { checkpoint, watermark, untilMs }: ShardProgress,
): boolean => {
  const sequence = parseSequenceNumber(dynamodb?.SequenceNumber);
  const isDelivered = EVENT_SOURCE.eventNames.some((name) => name === eventName);
  const isNew = sequence !== undefined && isAfter(sequence, checkpoint);
  const writtenAtMs = writtenMs(dynamodb);
  return isDelivered && isNew && writtenAtMs > watermark * 1000 && writtenAtMs <= untilMs;
};

// DynamoDB rounds it down to whole seconds or minutes, so a record may seem older than it is.
const writtenMs = (change: Record['dynamodb']): number =>
  change?.ApproximateCreationDateTime?.getTime() ?? 0;
