import type { DynamoDBRecord } from 'aws-lambda';
import { expect, it } from 'vitest';
import { replayRecords } from '../../../src/cli/replay/replay.ts';
import { inserted, insertedFrom, NOW_MS, removed, TODAY } from '../../support/stream-records.ts';

const place = (records: readonly DynamoDBRecord[], shardId = 'a') =>
  records.map((record) => ({ shardId, record }));

it('no records give an empty counter', async () => {
  const { counter, ...sums } = await replayRecords([]);
  expect(counter.total).toBe(0);
  expect(sums).toEqual({ records: 0, duplicates: 0, malformed: 0, late: 0 });
});

it('the same records give the same counts, in either order, once or twice', async () => {
  const records = [
    ...place([...insertedFrom(1, 6), removed(7)]),
    ...place(insertedFrom(8, 9), 'b'),
  ];
  const once = await replayRecords(records);
  expect(once).toMatchObject({
    counter: { total: 8, removed: 1, startedByDay: new Map([[TODAY, 8]]) },
    ...{ records: 9, duplicates: 0, malformed: 0, late: 0 },
  });
  expect((await replayRecords(records.toReversed())).counter).toEqual(once.counter);
  expect(await replayRecords([...records, ...records])).toEqual({
    ...{ ...once, records: 18, duplicates: 9 },
  });
});

it('reports a malformed record and counts the others', async () => {
  const { dynamodb, ...record } = inserted(2);
  expect(await replayRecords(place([inserted(1), record, inserted(3)]))).toMatchObject({
    ...{ counter: { total: 2 }, records: 3, malformed: 1, duplicates: 0, late: 0 },
  });
});

it('a record without a time is late once the counter has dropped a checkpoint', async () => {
  const writtenAt = (record: DynamoDBRecord, seconds: number | undefined): DynamoDBRecord => ({
    ...record,
    dynamodb: {
      ...record.dynamodb,
      ...{ ApproximateCreationDateTime: seconds as number },
    },
  });
  const longAgo = NOW_MS / 1_000 - 100 * 86_400;
  const now = NOW_MS / 1_000;
  const records = [
    ...place([writtenAt(inserted(1), longAgo)], 'dropped'),
    ...place([writtenAt(inserted(2), now)], 'b'),
    ...place([writtenAt(inserted(3), now), writtenAt(inserted(4), undefined)], 'c'),
  ];
  expect(await replayRecords(records)).toMatchObject({
    ...{ counter: { total: 3 }, records: 4, late: 1 },
  });
});
