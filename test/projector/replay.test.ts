import type { DynamoDBRecord } from 'aws-lambda';
import { beforeEach, describe, expect, it } from 'vitest';
import { counterStores } from '../support/counter-stores.ts';
import { useDatabase } from '../support/embedded-database.ts';
import {
  expired,
  inserted,
  insertedFrom,
  modified,
  removed,
  TODAY,
} from '../support/stream-records.ts';
import { type StreamStory, tellStory } from '../support/stream-story.ts';

const ANSWER = { state: {}, batchItemFailures: [] };

describe.each(counterStores(useDatabase()))('a stream projected $name', ({ create }) => {
  let story: StreamStory;
  beforeEach(async () => {
    story = tellStory(await create());
  });

  it('delivered once counts each inserted row', async () => {
    expect(await story.deliver('shard-a', insertedFrom(1, 5))).toEqual(ANSWER);
    expect(await story.deliver('shard-a', insertedFrom(6, 7))).toEqual(ANSWER);
    expect(await story.totals()).toEqual({ total: 7, removed: 0 });
    expect((await story.counter()).startedByDay).toEqual(new Map([[TODAY, 7]]));
  });

  it.each(['the same container', 'a new container each time'])(
    'delivered three times to %s counts once',
    async (container) => {
      for (let delivery = 0; delivery < 3; delivery += 1) {
        if (container !== 'the same container') story.coldStart();
        expect(await story.deliver('shard-a', insertedFrom(1, 5))).toEqual(ANSWER);
      }
      expect(await story.totals()).toEqual({ total: 5, removed: 0 });
    },
  );

  it('delivered again in overlapping batches counts once', async () => {
    await story.deliver('shard-a', insertedFrom(1, 4));
    await story.deliver('shard-a', insertedFrom(3, 6));
    story.coldStart();
    await story.deliver('shard-a', insertedFrom(2, 3));
    await story.deliver('shard-a', insertedFrom(1, 9));
    expect(await story.totals()).toEqual({ total: 9, removed: 0 });
  });

  it('delivered again from its start changes nothing', async () => {
    await story.deliver('shard-a', [...insertedFrom(1, 3), removed(4)]);
    await story.deliver('shard-b', insertedFrom(5, 8));
    const before = await story.counter();
    story.coldStart();
    for (const record of insertedFrom(1, 3)) await story.deliver('shard-a', [record]);
    await story.deliver('shard-a', [removed(4)]);
    await story.deliver('shard-b', insertedFrom(5, 8));
    expect(await story.counter()).toEqual(before);
  });

  it.each([
    ['a-b-c', ['a', 'b', 'c']],
    ['c-b-a', ['c', 'b', 'a']],
    ['b-a-c', ['b', 'a', 'c']],
  ])('counts its shards in any order: %s', async (_, order) => {
    const shards: Record<string, DynamoDBRecord[]> = {
      a: insertedFrom(10, 12),
      b: insertedFrom(1, 2), // lower numbers than its parent: there is no order between shards
      c: insertedFrom(10, 13),
    };
    for (const shard of order) await story.deliver(shard, shards[shard] ?? []);
    for (const shard of order.toReversed()) await story.deliver(shard, shards[shard] ?? []);
    expect(await story.totals()).toEqual({ total: 9, removed: 0 });
  });

  it('ignores rows that were only updated', async () => {
    await story.deliver('shard-a', [inserted(1), modified(2), modified(3)]);
    await story.deliver('shard-a', [modified(4)]);
    expect(await story.totals()).toEqual({ total: 1, removed: 0 });
  });

  it('separately counts removed rows, by time to live and by request, and never lowers the total', async () => {
    await story.deliver('shard-a', [...insertedFrom(1, 3), expired(4), removed(5)]);
    await story.deliver('shard-a', [expired(4), removed(5)]);
    expect(await story.totals()).toEqual({ total: 3, removed: 2 });
  });

  it('counts a row that is inserted again after its removal as a new session', async () => {
    await story.deliver('shard-a', [inserted(1), expired(2), inserted(3)]);
    expect(await story.totals()).toEqual({ total: 2, removed: 1 });
  });

  it('reports malformed records and counts the others', async () => {
    const malformed = [
      { ...inserted(2), eventName: 'TRUNCATE' },
      { ...inserted(3), dynamodb: {} },
      inserted(4, 'never'),
    ] as DynamoDBRecord[];
    const batch = [inserted(1), ...malformed, inserted(5)];
    expect(await story.deliver('shard-a', batch)).toEqual(ANSWER);
    expect(await story.deliver('shard-a', batch)).toEqual(ANSWER);
    expect(await story.totals()).toEqual({ total: 3, removed: 0 });
    expect(story.log.lines.slice(0, 3)).toEqual([
      [
        'A stream record is malformed',
        { malformedRecord: { eventId: 'event-2', reason: 'unknown event name' } },
      ],
      [
        'A stream record is malformed',
        { malformedRecord: { eventId: 'event-3', reason: 'no sequence number of 1 to 40 digits' } },
      ],
      [
        'A stream record is malformed',
        { malformedRecord: { eventId: 'event-4', reason: 'no readable first_accessed' } },
      ],
    ]);
  });

  it('responds to an empty batch without a write', async () => {
    expect(await story.deliver('shard-a', [])).toEqual(ANSWER);
    expect((await story.counter()).updatedAt).toBeUndefined();
  });

  it('rejects an event without a shard id, and counts nothing from it', async () => {
    await expect(story.deliver('', insertedFrom(1, 2))).rejects.toThrow('TumblingWindowInSeconds');
    expect(await story.totals()).toEqual({ total: 0, removed: 0 });
  });
});
