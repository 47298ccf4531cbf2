import type { DynamoDBRecord } from 'aws-lambda';
import {
  compareSequence,
  parseSequenceNumber,
  type SequenceNumber,
} from '../../domain/sequence-number.ts';
import { EVENT_SOURCE } from '../../tables/event-source-settings.ts';
import type { ShardRecord } from './read-records.ts';

/** Consecutive records of one shard, as in the event of a tumbling window. */
export interface RecordedBatch {
  readonly shardId: string;
  readonly Records: readonly DynamoDBRecord[];
}

// Far less than the age at which the counter drops a checkpoint. If shards were replayed one after
// the other, the records of the next shard would be older than the watermark.
const SLICE_MS = 3_600_000;

/**
 * Arranges records, given in any order, in batches as a stream delivers them: those of a shard by
 * sequence number, and those of different shards by the hour in which DynamoDB wrote them.
 */
export const batchesByTime = (placed: readonly ShardRecord[]): RecordedBatch[] => {
  const shards = Map.groupBy(placed, ({ shardId }) => shardId);
  const slices = [...shards].flatMap(([shardId, all]) => sliceShard(shardId, sortRecords(all)));
  return slices.toSorted((a, b) => a.hour - b.hour).flatMap(cutSlice);
};

/** When DynamoDB wrote a record, epoch milliseconds; -Infinity if the record does not say. */
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
    // Never decreases: the order within the shard takes precedence.
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

const sortRecords = (placed: readonly ShardRecord[]): DynamoDBRecord[] =>
  placed
    .map(({ record }) => ({ record, sequence: sequenceOf(record) }))
    .sort((a, b) => compareSequence(a.sequence, b.sequence))
    .map(({ record }) => record);

const sequenceOf = ({ dynamodb }: DynamoDBRecord): SequenceNumber =>
  parseSequenceNumber(dynamodb?.SequenceNumber) ?? ('' as SequenceNumber);
