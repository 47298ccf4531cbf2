import type { DynamoDBRecord } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { parseSequenceNumber } from '../../src/domain/sequence-number.ts';
import { parseStreamEvent } from '../../src/projector/stream-batch.ts';
import {
  expired,
  inserted,
  marked,
  modified,
  NOW_MS,
  removed,
  restored,
  retracted,
  sequenceNumber,
} from '../support/stream-records.ts';

const parse = (record: unknown) => {
  const { batches, malformedRecords } = parseStreamEvent({
    shardId: 'shard-a',
    Records: [record as DynamoDBRecord],
  });
  return { event: batches[0]?.events[0], reason: malformedRecords[0]?.reason };
};
const sequence = parseSequenceNumber(sequenceNumber(1));
const writtenAt = NOW_MS / 1000;
const without = (path: 'NewImage' | 'Keys', record = inserted(1)) => ({
  ...record,
  dynamodb: { ...record.dynamodb, [path]: undefined },
});
const withEmpty = (path: 'NewImage' | 'Keys', record = inserted(1)) => ({
  ...record,
  dynamodb: { ...record.dynamodb, [path]: {} },
});

describe('a stream record', () => {
  it.each([
    { record: inserted(1), event: { type: 'SessionStarted', firstMs: NOW_MS } },
    {
      record: inserted(1, '2024-02-29T23:59:59.999Z'),
      event: { firstMs: Date.UTC(2024, 1, 29, 23, 59, 59, 999) },
    },
    { record: modified(1), event: { type: 'SessionTouched' } },
    { record: removed(1), event: { type: 'SessionRemoved' } },
    { record: expired(1), event: { type: 'SessionRemoved' } },
    // Only the deletion of a marked row takes its session back.
    { record: marked(modified(1), 'NewImage', 'retracted'), event: { type: 'SessionTouched' } },
    { record: retracted(1), event: { type: 'SessionRetracted' } },
    {
      record: marked(expired(1), 'OldImage', 'retracted'),
      event: { type: 'SessionRetracted' },
    },
    { record: restored(1), event: { type: 'SessionRestored', firstMs: NOW_MS } },
    // A row that was restored, and is deleted again.
    { record: marked(removed(1), 'OldImage', 'restored'), event: { type: 'SessionRemoved' } },
  ])('$record.eventName is $event', ({ record, event }) => {
    expect(parse(record)).toEqual({
      event: { ...parse(record).event, ...event, sequence },
      reason: undefined,
    });
  });

  it.each([
    { record: without('NewImage'), reason: 'no readable first_accessed', firstMs: undefined },
    { record: inserted(1, 'last week'), reason: 'no readable first_accessed', firstMs: undefined },
    { record: withEmpty('NewImage'), reason: 'no readable first_accessed', firstMs: undefined },
    { record: without('Keys'), reason: 'no session_hash', firstMs: NOW_MS },
    { record: withEmpty('Keys'), reason: 'no session_hash', firstMs: NOW_MS },
  ])('with a malformed image still counts as a session: $reason', ({ record, reason, firstMs }) => {
    const event = { type: 'SessionStarted', sequence, writtenAt, firstMs };
    expect(parse(record)).toEqual({ event, reason });
  });

  it('of a removed row has its first visit', () => {
    const event = { type: 'SessionRemoved', sequence, writtenAt };
    expect(parse(removed(1)).event).toEqual({ ...event, firstMs: NOW_MS });
    const imageless = { ...removed(1), dynamodb: { ...removed(1).dynamodb, OldImage: {} } };
    expect(parse(imageless).event).toEqual({ ...event, firstMs: undefined });
  });

  it('with an unknown event name has a position and counts nothing', () => {
    expect(parse({ ...inserted(1), eventName: 'TRUNCATE' })).toEqual({
      event: { type: 'Unrecognized', sequence, writtenAt },
      reason: 'unknown event name',
    });
  });

  it.each([undefined, null, 'yesterday', Number.NaN, -1, NOW_MS, 253_402_300_800])(
    'may have no valid time: %s',
    (time) => {
      const { dynamodb, ...rest } = inserted(1);
      const record = { ...rest, dynamodb: { ...dynamodb, ApproximateCreationDateTime: time } };
      expect(parse(record)).toMatchObject({ event: { writtenAt: undefined }, reason: undefined });
    },
  );

  it.each([
    { time: NOW_MS / 1000 + 0.999, seconds: NOW_MS / 1000 },
    { time: 5e-324, seconds: 0 },
  ])('has its time in whole seconds, which DynamoDB can store: $time', ({ time, seconds }) => {
    const { dynamodb, ...rest } = inserted(1);
    const record = { ...rest, dynamodb: { ...dynamodb, ApproximateCreationDateTime: time } };
    expect(parse(record)).toMatchObject({ event: { writtenAt: seconds } });
  });

  it.each([
    { ...inserted(1), dynamodb: undefined },
    { ...inserted(1), dynamodb: { SequenceNumber: 'x' } },
    {},
    null,
  ])('without a sequence number is skipped: %j', (record) => {
    expect(parse(record)).toEqual({
      event: undefined,
      reason: 'no sequence number of 1 to 40 digits',
    });
  });
});

describe('a stream event', () => {
  it.each([
    { Records: [inserted(1)] },
    { Records: [] },
    { shardId: '' },
    { shardId: {} as string },
    {},
  ])('without a shard id fails and names the setting: %#', (event) => {
    expect(() => parseStreamEvent(event)).toThrow(
      expect.objectContaining({
        name: 'MissingShardIdError',
        message:
          'The stream event has no shardId: set TumblingWindowInSeconds on the event source ' +
          'mapping to more than 0, because duplicates cannot be detected without it',
      }),
    );
  });

  it('may be empty at the end of a window', () => {
    const empty = { batches: [], malformedRecords: [] };
    expect(parseStreamEvent({ shardId: 'shard-a', Records: [] })).toEqual(empty);
    expect(parseStreamEvent({ shardId: 'shard-a' })).toEqual(empty);
  });
});
