import type { DynamoDBRecord } from 'aws-lambda';
import { expect, it } from 'vitest';
import { batchesByTime, writtenMs } from '../../../src/cli/replay/batches-by-time.ts';
import { inserted, NOW_MS } from '../../support/stream-records.ts';

const HOUR = 3_600;
/** A record at a position in its shard, written that many seconds after the hour. */
const recordAt = (position: number, seconds: number | undefined): DynamoDBRecord => {
  const { dynamodb, ...record } = inserted(position);
  const { ApproximateCreationDateTime, ...untimed } = dynamodb ?? {};
  const time = { ApproximateCreationDateTime: NOW_MS / 1_000 + (seconds ?? 0) };
  return { ...record, dynamodb: { ...untimed, ...(seconds !== undefined && time) } };
};
const place = (shardId: string, ...records: DynamoDBRecord[]) =>
  records.map((record) => ({ shardId, record }));
/** The batches in order, as `shard: positions`. */
const orderOf = (placed: Parameters<typeof batchesByTime>[0]): string[] =>
  batchesByTime(placed).map(
    ({ shardId, Records }) =>
      `${shardId}: ${Records.map(({ eventID }) => eventID?.slice(6)).join(' ')}`,
  );

it('orders the records of a shard by sequence number', () => {
  const placed = place('a', recordAt(10, 2), recordAt(9, 1), recordAt(11, 3), recordAt(9, 1));
  expect(orderOf(placed)).toEqual(['a: 9 9 10 11']);
});

it('alternates between shards hour by hour', () => {
  const placed = [
    ...place('b', recordAt(1, 0), recordAt(2, HOUR), recordAt(3, 2 * HOUR - 1)),
    ...place('a', recordAt(1, 2 * HOUR), recordAt(2, 3 * HOUR)),
    ...place('c', recordAt(1, HOUR - 1), recordAt(2, 3 * HOUR)),
  ];
  expect(orderOf(placed)).toEqual(['b: 1', 'c: 1', 'b: 2 3', 'a: 1', 'a: 2', 'c: 2']);
});

it('never puts a record before one with a lower sequence number, whatever their times', () => {
  const placed = place('a', recordAt(1, 2 * HOUR), recordAt(2, 0), recordAt(3, undefined));
  expect(orderOf(placed)).toEqual(['a: 1 2 3']);
});

it('puts a record without a sequence number first in its shard', () => {
  const { dynamodb, ...record } = recordAt(1, 0);
  const { SequenceNumber, ...timed } = dynamodb ?? {};
  const malformed = { ...record, dynamodb: timed };
  expect(orderOf(place('a', recordAt(2, 0), malformed))).toEqual(['a: 1 2']);
});

it('limits batches to the size of Lambda, and loses no record', () => {
  const records = Array.from({ length: 20_001 }, (_, position) => recordAt(position, 0));
  const batches = batchesByTime(place('a', ...records));
  expect(batches.map(({ Records }) => Records.length)).toEqual([10_000, 10_000, 1]);
  expect(batches.flatMap(({ Records }) => Records)).toEqual(records);
});

it('returns the write time of a record in milliseconds, and -Infinity without one', () => {
  expect(writtenMs(recordAt(1, 5))).toBe(NOW_MS + 5_000);
  expect(writtenMs(recordAt(1, undefined))).toBe(Number.NEGATIVE_INFINITY);
  expect(writtenMs({ eventName: 'INSERT' })).toBe(Number.NEGATIVE_INFINITY);
});
