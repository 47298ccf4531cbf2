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

/** Whether all that was written to the table until an instant, epoch milliseconds, is counted. */
export type IsCounted = (untilMs: number) => Promise<boolean>;

// A shard may give an empty page though records follow, and AWS says not how many. One that has
// children is closed and has an end, so it is read to it; an open one has none.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetRecords.html
const EMPTY_PAGES = 4;
// Five reads a second are allowed for a shard, and Lambda's own need four of them.
const PAUSE_MS = 300;

/**
 * Looks into the stream, behind the checkpoint of each shard, for a record that still waits to be
 * counted. False is certain. True is certain of closed shards; of an open one it says that four pages
 * behind its last record were empty. Throws what the SDK throws.
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
  /** Epoch seconds: what was written until then will never be counted, if it is not yet. */
  readonly watermark: number;
  readonly untilMs: number;
  /** After so many empty pages in a row it is taken to be read. */
  readonly emptyPages: number;
}

const isShardCounted = async (
  { reader, sleep }: StreamProgressDependencies,
  progress: ShardProgress,
): Promise<boolean> => {
  const { shardId, checkpoint, untilMs, emptyPages } = progress;
  let iterator: string | undefined = await openBehind(reader, shardId, checkpoint);
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

// The stream may have lost the record of the checkpoint.
const openBehind = async (
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

// DynamoDB tells it in whole seconds or minutes, rounded down, so a record seems older than it is.
const writtenMs = (change: Record['dynamodb']): number =>
  change?.ApproximateCreationDateTime?.getTime() ?? 0;
