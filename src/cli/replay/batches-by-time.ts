import type { DynamoDBRecord } from 'aws-lambda';
import {
  compareSequence,
  parseSequenceNumber,
  type SequenceNumber,
} from '../../domain/sequence-number.ts';
import { EVENT_SOURCE } from '../../tables/event-source-settings.ts';
import type { ShardRecord } from './read-records.ts';

/** Neighbouring records of one shard, as a tumbling window's event brings them. */
export interface RecordedBatch {
  readonly shardId: string;
  readonly Records: readonly DynamoDBRecord[];
}

// Far less than the age at which the counter drops a checkpoint: a shard that was fed whole before the
// next would put the next one's records behind the watermark.
const SLICE_MS = 3_600_000;

/**
 * Batches of the records, whatever order they come in: those of a shard in the order of their sequence
 * numbers, and those of all shards by the hour in which DynamoDB wrote them, as a stream delivers them.
 */
export const batchesByTime = (placed: readonly ShardRecord[]): RecordedBatch[] => {
  const shards = Map.groupBy(placed, ({ shardId }) => shardId);
  const slices = [...shards].flatMap(([shardId, all]) => sliceShard(shardId, sortRecords(all)));
  return slices.toSorted((a, b) => a.hour - b.hour).flatMap(cutSlice);
};

/** When a record was written, epoch milliseconds; long ago when it does not tell. */
export const writtenMs = ({ dynamodb }: DynamoDBRecord): number =>
  dynamodb?.ApproximateCreationDateTime === undefined
    ? Number.NEGATIVE_INFINITY
    : dynamodb.ApproximateCreationDateTime * 1_000;

interface Slice extends RecordedBatch {
  readonly hour: number;
}

const sliceShard = (shardId: string, records: readonly DynamoDBRecord[]): Slice[] => {
  let hour = 0;
  const byHour = Map.groupBy(records, (record) => {
    // Never back: the order within the shard comes first.
    hour = Math.max(hour, Math.floor(writtenMs(record) / SLICE_MS));
    return hour;
  });
  return [...byHour].map(([each, Records]) => ({ hour: each, shardId, Records }));
};

const cutSlice = ({ shardId, Records }: Slice): RecordedBatch[] => {
  const { batchSize } = EVENT_SOURCE;
  const count = Math.ceil(Records.length / batchSize);
  return Array.from({ length: count }, (_, index) => ({
    ...{ shardId, Records: Records.slice(index * batchSize, (index + 1) * batchSize) },
  }));
};

const sortRecords = (placed: readonly ShardRecord[]): DynamoDBRecord[] => {
  const sequenceOf = ({ dynamodb }: DynamoDBRecord) =>
    parseSequenceNumber(dynamodb?.SequenceNumber) ?? ('' as SequenceNumber);
  return placed
    .map(({ record }) => record)
    .sort((a, b) => compareSequence(sequenceOf(a), sequenceOf(b)));
};
