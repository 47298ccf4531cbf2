import type { Counter } from '../../domain/counter.ts';
import { isAfter, parseSequenceNumber, type SequenceNumber } from '../../domain/sequence-number.ts';
import { type Position, positionAfterSequence } from '../../local/event-source/positions.ts';
import type { RecordsPage, StreamReader } from '../../local/event-source/stream-reader.ts';
import { EVENT_SOURCE } from '../../projector/event-source-settings.ts';

export interface StreamProgressDependencies {
  readonly reader: Pick<StreamReader, 'listShards' | 'openShard' | 'readRecords'>;
  readonly readCounter: () => Promise<Counter>;
  readonly sleep: (ms: number) => Promise<unknown>;
}

/** Whether all that was written to the table until an instant, epoch milliseconds, is counted. */
export type IsCounted = (untilMs: number) => Promise<boolean>;

// An open shard may give an empty page though records follow.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetRecords.html
const EMPTY_PAGES = 4;
// Five reads a second are allowed for a shard, and Lambda's own need four of them.
const PAUSE_MS = 300;

/**
 * Looks into the stream, behind the checkpoint of each shard, for a record that still waits to be
 * counted. Throws what the SDK throws.
 */
export const createIsCounted =
  (dependencies: StreamProgressDependencies): IsCounted =>
  async (untilMs) => {
    const { checkpoints } = await dependencies.readCounter();
    const shards = await dependencies.reader.listShards();
    const answers = await Promise.all(
      shards.map(({ shardId }) =>
        isShardCounted(dependencies, {
          ...{ shardId, untilMs, checkpoint: checkpoints.get(shardId)?.sequence },
        }),
      ),
    );
    return answers.every((isCounted) => isCounted);
  };

interface ShardProgress {
  readonly shardId: string;
  readonly checkpoint: SequenceNumber | undefined;
  readonly untilMs: number;
}

const isShardCounted = async (
  { reader, sleep }: StreamProgressDependencies,
  { shardId, checkpoint, untilMs }: ShardProgress,
): Promise<boolean> => {
  let iterator: string | undefined = await openBehind(reader, shardId, checkpoint);
  for (let empty = 0; iterator !== undefined && empty < EMPTY_PAGES; ) {
    const page = await reader.readRecords(iterator);
    if (page.records.some((record) => isWaiting(record, checkpoint, untilMs))) return false;
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
  const position: Position = checkpoint ? positionAfterSequence(checkpoint) : 'start';
  return reader.openShard(shardId, position).catch(() => reader.openShard(shardId, 'start'));
};

type Record = RecordsPage['records'][number];

const isWaiting = (
  { eventName, dynamodb }: Record,
  checkpoint: SequenceNumber | undefined,
  untilMs: number,
): boolean => {
  const sequence = parseSequenceNumber(dynamodb?.SequenceNumber);
  const isDelivered = EVENT_SOURCE.eventNames.some((name) => name === eventName);
  const isNew = sequence !== undefined && isAfter(sequence, checkpoint);
  return isDelivered && isNew && writtenMs(dynamodb) <= untilMs;
};

// DynamoDB tells it in whole seconds or minutes, rounded down, so a record seems older than it is.
const writtenMs = (change: Record['dynamodb']): number =>
  change?.ApproximateCreationDateTime?.getTime() ?? 0;
