import type { DynamoDBRecord } from 'aws-lambda';
import { expect, it } from 'vitest';
import { type Replay, replayRecords } from '../../../src/cli/replay/replay.ts';
import { EMPTY_COUNTER } from '../../../src/domain/counter.ts';
import { SITE } from '../../../src/domain/counter-name.ts';
import {
  inCounter,
  inserted,
  insertedFrom,
  NOW_MS,
  removed,
  TODAY,
} from '../../support/stream-records.ts';

const place = (records: readonly DynamoDBRecord[], shardId = 'a') =>
  records.map((record) => ({ shardId, record }));

const siteOf = ({ counters, ...sums }: Replay) => ({ counter: counters.get(SITE), ...sums });

it('no records give an empty counter', async () => {
  const { counters, ...sums } = await replayRecords([]);
  expect([...counters]).toEqual([[SITE, EMPTY_COUNTER]]);
  expect(sums).toEqual({ records: 0, duplicates: 0, malformed: 0, late: 0 });
});

it('the same records give the same counts, in either order, once or twice', async () => {
  const records = [
    ...place([...insertedFrom(1, 6), removed(7)]),
    ...place(insertedFrom(8, 9), 'b'),
  ];
  const once = await replayRecords(records);
  expect(siteOf(once)).toMatchObject({
    counter: { total: 8, removed: 1, startedByDay: new Map([[TODAY, 8]]) },
    ...{ records: 9, duplicates: 0, malformed: 0, late: 0 },
  });
  expect((await replayRecords(records.toReversed())).counters).toEqual(once.counters);
  expect(await replayRecords([...records, ...records])).toEqual({
    ...{ ...once, records: 18, duplicates: 9 },
  });
});

it('reports a malformed record and counts the others', async () => {
  const { dynamodb, ...record } = inserted(2);
  expect(siteOf(await replayRecords(place([inserted(1), record, inserted(3)])))).toMatchObject({
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
  expect(siteOf(await replayRecords(records))).toMatchObject({
    ...{ counter: { total: 3 }, records: 4, late: 1 },
  });
});

it('each counter has its own numbers, in any order', async () => {
  const records = place([
    ...[inserted(1), inCounter('blog/a', inserted(2)), inCounter('blog/b', inserted(3))],
    ...[inCounter('blog/a', inserted(4)), inCounter('blog/a', removed(5)), inserted(6)],
  ]);
  for (const ordered of [records, records.toReversed()]) {
    const { counters } = await replayRecords(ordered);
    expect(
      [...counters].map(([name, { total, removed }]) => [name, total, removed]).sort(),
    ).toEqual([
      ...[
        ['blog/a', 2, 1],
        ['blog/b', 1, 0],
      ],
      ['site', 2, 0],
    ]);
  }
});
