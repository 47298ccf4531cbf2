import type { DynamoDBRecord } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { EMPTY_COUNTER } from '../../src/domain/counter.ts';
import type { CommitChange } from '../../src/domain/counter-store.ts';
import { createMemoryCounter } from '../../src/domain/memory-counter.ts';
import { DAY_MS, utcDay } from '../../src/domain/utc-day.ts';
import { MAX_REFUSALS } from '../../src/projector/leap-guard.ts';
import {
  inserted,
  insertedFrom,
  NOW,
  NOW_MS,
  removed,
  sequenceNumber,
} from '../support/stream-records.ts';
import { type StreamStory, tellStory } from '../support/stream-story.ts';

const HOUR_SECONDS = 3_600;

/** The same records, written this many seconds later. */
const later = (seconds: number, records: readonly DynamoDBRecord[]): DynamoDBRecord[] =>
  records.map((record) => ({
    ...record,
    dynamodb: { ...record.dynamodb, ApproximateCreationDateTime: NOW_MS / 1000 + seconds },
  }));

describe('the projector', () => {
  it('throws when the store fails, so that the batch is delivered again', async () => {
    const counter = createMemoryCounter();
    let failures = 1;
    const commitChange: CommitChange = async (change) => {
      if (failures-- > 0) throw new Error('ProvisionedThroughputExceededException');
      return counter.commitChange(change);
    };
    const story = tellStory({ ...counter, commitChange });
    await expect(story.deliver('shard-a', insertedFrom(1, 3))).rejects.toThrow('Throughput');
    expect(await story.totals()).toEqual({ total: 0, removed: 0 });
    await story.deliver('shard-a', insertedFrom(1, 3));
    expect(await story.totals()).toEqual({ total: 3, removed: 0 });
  });

  it('counts once when the store committed but its response was lost', async () => {
    const counter = createMemoryCounter();
    let lost = false;
    const commitChange: CommitChange = async (change) => {
      const answer = await counter.commitChange(change);
      if (lost) return answer;
      lost = true;
      throw new Error('socket hang up');
    };
    const story = tellStory({ ...counter, commitChange });
    await expect(story.deliver('shard-a', insertedFrom(1, 3))).rejects.toThrow('hang up');
    await story.deliver('shard-a', insertedFrom(1, 5));
    expect(await story.totals()).toEqual({ total: 5, removed: 0 });
  });

  it('counts the rest after a concurrent invocation has committed', async () => {
    const counter = createMemoryCounter();
    const concurrent = tellStory(counter);
    let interfered = false;
    const commitChange: CommitChange = async (change) => {
      if (!interfered) {
        interfered = true;
        await concurrent.deliver('shard-a', insertedFrom(1, 4));
      }
      return counter.commitChange(change);
    };
    const story = tellStory({ ...counter, commitChange });
    await story.deliver('shard-a', insertedFrom(1, 6));
    expect(await story.totals()).toEqual({ total: 6, removed: 0 });
  });

  it('separately counts, during a rebuild, what had its first visit at or after the cutoff', async () => {
    const counter = createMemoryCounter();
    await counter.beginRebuild(NOW, undefined);
    const [early, onTime, later] = ['2026-11-23T17:59:59.999Z', NOW, '2026-11-23T18:00:00.001Z'];
    const story = tellStory(counter);
    await story.deliver('shard-a', [inserted(1, early), inserted(2, onTime), inserted(3, later)]);
    await story.deliver('shard-a', [removed(4)]);
    expect(await story.counter()).toMatchObject({
      ...{ total: 3, removed: 1 },
      rebuild: { cutoff: NOW, started: 2, removed: 1 },
    });
  });

  it('throws when the checkpoint changes during every attempt', async () => {
    let attempts = 0;
    const commitChange: CommitChange = async () => {
      attempts += 1;
      return { status: 'conflict', counter: EMPTY_COUNTER };
    };
    const story = tellStory({ commitChange, read: () => EMPTY_COUNTER });
    await expect(story.deliver('shard-a', insertedFrom(1, 2))).rejects.toMatchObject({
      name: 'ContendedCheckpointError',
      message:
        'The checkpoint of shard-a for the counter site changed during each of 10 attempts to move it',
    });
    expect(attempts).toBe(10);
  });

  it('counts again what a reset counter no longer contains, despite its cached counter', async () => {
    let counter = createMemoryCounter();
    const story = tellStory({
      commitChange: (change) => counter.commitChange(change),
      read: () => counter.read(),
    });
    await story.deliver('shard-a', insertedFrom(1, 3));
    counter = createMemoryCounter();
    await story.deliver('shard-a', insertedFrom(1, 3));
    expect(await story.totals()).toEqual({ total: 3, removed: 0 });
  });

  it('writes once for each batch, whatever its size, and once more at a cold start', async () => {
    const counter = createMemoryCounter();
    const answers: string[] = [];
    const commitChange: CommitChange = async (change) => {
      const answer = await counter.commitChange(change);
      answers.push(answer.status);
      return answer;
    };
    const story = tellStory({ ...counter, commitChange });
    await story.deliver('shard-a', insertedFrom(1, 1_000));
    await story.deliver('shard-a', insertedFrom(1_001, 1_010));
    story.coldStart();
    await story.deliver('shard-a', insertedFrom(1_011, 1_020));
    await story.deliver('shard-a', insertedFrom(1_015, 1_030));
    expect(answers).toEqual(['committed', 'committed', 'conflict', 'committed', 'committed']);
    expect(await story.totals()).toEqual({ total: 1_030, removed: 0 });
  });

  it('drops the checkpoint of a shard that is 25 hours behind, in a write that adds', async () => {
    const counter = createMemoryCounter();
    const story = tellStory(counter);
    await story.deliver('parent', insertedFrom(1, 2));
    await story.deliver('child', later(25 * HOUR_SECONDS, insertedFrom(3, 4)));
    expect([...counter.read().checkpoints.keys()]).toEqual(['parent', 'child']);
    await story.deliver('child', later(25 * HOUR_SECONDS + 1, insertedFrom(5, 6)));
    expect([...counter.read().checkpoints.keys()]).toEqual(['child']);
    expect(await story.totals()).toEqual({ total: 6, removed: 0 });
  });

  it('keeps the checkpoint of a shard that another container has counted meanwhile', async () => {
    const counter = createMemoryCounter();
    const story = tellStory(counter);
    const other = tellStory(counter);
    await story.deliver('sleeper', insertedFrom(1, 2));
    await story.deliver('shard-a', insertedFrom(3, 4));
    await other.deliver('sleeper', later(49 * HOUR_SECONDS, insertedFrom(5, 6)));
    await story.deliver('shard-a', later(49 * HOUR_SECONDS, insertedFrom(7, 8)));
    await other.deliver('sleeper', insertedFrom(1, 6));
    expect(counter.read().checkpoints.get('sleeper')?.sequence).toContain(sequenceNumber(6));
    expect(await story.totals()).toEqual({ total: 8, removed: 0 });
  });
});

describe('the days of the counter', () => {
  const DAY_SECONDS = 24 * HOUR_SECONDS;
  const dayOf = (days: number): string => utcDay(NOW_MS + days * DAY_MS);
  /** One new session, written and first visited this many days later. */
  const visitOn = (day: number, position: number): DynamoDBRecord[] =>
    later(day * DAY_SECONDS, [inserted(position, new Date(NOW_MS + day * DAY_MS).toISOString())]);

  it('are packed once they are closed, once a day', async () => {
    const story = tellStory(createMemoryCounter());
    for (const day of [0, 1, 2]) await story.deliver('shard-a', visitOn(day, day + 1));
    const { pack } = await story.counter();
    expect(pack).toMatchObject({ through: dayOf(0), startedByDay: new Map([[dayOf(0), 1]]) });
    await story.deliver('shard-a', visitOn(2, 4));
    expect((await story.counter()).pack).toBe(pack);
  });

  it('stay right when a container packs them from an outdated cache', async () => {
    const counter = createMemoryCounter();
    const [first, stale] = [tellStory(counter), tellStory(counter)];
    await first.deliver('shard-a', visitOn(0, 1));
    await stale.deliver('shard-b', visitOn(0, 2));
    await first.deliver('shard-a', visitOn(2, 3));
    await stale.deliver('shard-b', visitOn(2, 4));
    const { pack, startedByDay } = counter.read();
    expect(pack.startedByDay).toEqual(new Map([[dayOf(0), 2]]));
    expect(startedByDay.get(dayOf(0))).toBe(2);
    expect(startedByDay.get(dayOf(2))).toBe(2);
  });
});

describe('a record whose checkpoint was dropped', () => {
  const dropParent = async (story: StreamStory): Promise<void> => {
    await story.deliver('parent', insertedFrom(1, 4));
    await story.deliver('child', later(31 * HOUR_SECONDS, insertedFrom(5, 5)));
    expect([...(await story.counter()).checkpoints.keys()]).toEqual(['child']);
  };

  it('is not counted again in any delivery, but reported and skipped', async () => {
    const story = tellStory(createMemoryCounter());
    await dropParent(story);
    await story.deliver('parent', insertedFrom(1, 2));
    await story.deliver('parent', insertedFrom(3, 4));
    story.coldStart();
    await story.deliver('parent', insertedFrom(2, 4));
    expect(await story.totals()).toEqual({ total: 5, removed: 0 });
    expect(story.measured.map(({ LateRecords }) => LateRecords)).toEqual([
      undefined,
      undefined,
      2,
      2,
      undefined,
    ]);
    expect(story.log.lines[0]).toMatchObject([
      'Records arrived too late to be counted',
      { late: 2 },
    ]);
  });

  it('is not counted again by a container whose cached counter predates the drop', async () => {
    const counter = createMemoryCounter();
    const sleeper = tellStory(counter);
    await sleeper.deliver('parent', insertedFrom(1, 2));
    await dropParent(tellStory(counter));
    await tellStory(counter).deliver('parent', insertedFrom(1, 2));
    // Its checkpoint is what the stale container expects: only the watermark differs.
    await sleeper.deliver('parent', insertedFrom(3, 4));
    expect(await sleeper.totals()).toEqual({ total: 5, removed: 0 });
  });

  it('does not stop its shard from counting newer records', async () => {
    const story = tellStory(createMemoryCounter());
    await dropParent(story);
    await story.deliver('parent', later(31 * HOUR_SECONDS, insertedFrom(6, 7)));
    expect(await story.totals()).toEqual({ total: 7, removed: 0 });
  });
});

describe('a batch that leaps over records that failed', () => {
  const createThrottledStory = () => {
    const counter = createMemoryCounter();
    const throttling = { isOn: false };
    const commitChange: CommitChange = async (change) => {
      if (throttling.isOn) throw new Error('throttled');
      return counter.commitChange(change);
    };
    return { counter, throttling, story: tellStory({ ...counter, commitChange }) };
  };
  const failOn = async (
    { throttling, story }: ReturnType<typeof createThrottledStory>,
    first: number,
  ) => {
    throttling.isOn = true;
    await expect(story.deliver('shard-a', insertedFrom(first, first + 1))).rejects.toThrow();
    throttling.isOn = false;
  };

  it('is refused until they have been counted', async () => {
    const world = createThrottledStory();
    await failOn(world, 1);
    const { story } = world;
    await expect(story.deliver('shard-a', insertedFrom(2, 2))).rejects.toMatchObject({
      name: 'LeapedRecordsError',
    });
    await story.deliver('shard-a', insertedFrom(1, 1));
    await story.deliver('shard-a', insertedFrom(2, 2));
    expect(await story.totals()).toEqual({ total: 2, removed: 0 });
  });

  it('is accepted when another container has counted them, at the cost of one refused write', async () => {
    const world = createThrottledStory();
    await world.story.deliver('shard-a', insertedFrom(1, 1));
    await failOn(world, 2);
    await tellStory(world.counter).deliver('shard-a', insertedFrom(2, 3));
    await world.story.deliver('shard-a', insertedFrom(4, 5));
    expect(await world.story.totals()).toEqual({ total: 5, removed: 0 });
    expect(world.story.log.lines).toEqual([]);
  });

  it(`is accepted after ${MAX_REFUSALS} refusals, and the loss is logged`, async () => {
    const world = createThrottledStory();
    await failOn(world, 1);
    for (let refusal = 0; refusal < MAX_REFUSALS; refusal += 1) {
      await expect(world.story.deliver('shard-a', insertedFrom(3, 4))).rejects.toThrow(
        'leaps over',
      );
    }
    await world.story.deliver('shard-a', insertedFrom(3, 4));
    expect(await world.story.totals()).toEqual({ total: 2, removed: 0 });
    expect(world.story.log.lines).toMatchObject([
      ['Earlier records failed and were never delivered again', {}],
    ]);
    await world.story.deliver('shard-a', insertedFrom(5, 6));
    expect(await world.story.totals()).toEqual({ total: 4, removed: 0 });
  });

  it('stays refused when only an earlier batch has been delivered again', async () => {
    const world = createThrottledStory();
    const { story } = world;
    await story.deliver('shard-a', insertedFrom(1, 1));
    await failOn(world, 2);
    await story.deliver('shard-a', insertedFrom(1, 1));
    await expect(story.deliver('shard-a', insertedFrom(3, 3))).rejects.toThrow('leaps over');
    await story.deliver('shard-a', []);
    await story.deliver('shard-a', insertedFrom(2, 3));
    expect(await story.totals()).toEqual({ total: 3, removed: 0 });
  });

  it('is accepted when the checkpoint of those records was dropped since', async () => {
    const world = createThrottledStory();
    await failOn(world, 1);
    const other = tellStory(world.counter);
    await other.deliver('shard-a', insertedFrom(1, 2));
    await other.deliver('shard-b', later(31 * HOUR_SECONDS, insertedFrom(3, 3)));
    await world.story.deliver('shard-a', later(31 * HOUR_SECONDS, insertedFrom(3, 4)));
    expect(await world.story.totals()).toEqual({ total: 5, removed: 0 });
    expect(world.story.log.lines).toEqual([]);
  });

  it('is refused even when only the last failed record is not counted', async () => {
    const world = createThrottledStory();
    const { story, throttling } = world;
    await story.deliver('shard-a', insertedFrom(1, 3));
    throttling.isOn = true;
    await expect(story.deliver('shard-a', insertedFrom(1, 5))).rejects.toThrow('throttled');
    throttling.isOn = false;
    await expect(story.deliver('shard-a', insertedFrom(5, 5))).rejects.toThrow('leaps over');
    await story.deliver('shard-a', insertedFrom(4, 5));
    expect(await story.totals()).toEqual({ total: 5, removed: 0 });
  });

  it('is accepted on another shard', async () => {
    const world = createThrottledStory();
    await failOn(world, 1);
    await world.story.deliver('shard-b', insertedFrom(2, 3));
    expect(await world.story.totals()).toEqual({ total: 2, removed: 0 });
  });
});
