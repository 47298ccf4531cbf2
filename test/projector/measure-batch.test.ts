import { describe, expect, it } from 'vitest';
import { createMemoryCounter } from '../../src/domain/memory-counter.ts';
import { inserted, insertedFrom, modified, NOW_MS, removed } from '../support/stream-records.ts';
import { tellStory } from '../support/stream-story.ts';

const storyAt = (nowMs: number) => tellStory(createMemoryCounter(), () => nowMs);

describe('a counted batch', () => {
  it('reports its new sessions and how long its last record waited', async () => {
    const story = storyAt(NOW_MS + 2_500);
    await story.deliver('shard-a', [...insertedFrom(1, 3), modified(4), removed(5)]);
    expect(story.measured).toEqual([
      { NewSessions: 3, DuplicatesSkipped: 0, MalformedRecords: 0, ProjectionLag: 2.5 },
    ]);
  });

  it('reports the records that it skipped as already counted', async () => {
    const story = storyAt(NOW_MS);
    await story.deliver('shard-a', insertedFrom(1, 3));
    story.coldStart();
    await story.deliver('shard-a', insertedFrom(2, 5));
    expect(story.measured.at(-1)).toMatchObject({ NewSessions: 2, DuplicatesSkipped: 2 });
  });

  it('has no lag when it contains nothing new, because a replay is old without being delayed', async () => {
    const story = storyAt(NOW_MS + 3_600_000);
    await story.deliver('shard-a', insertedFrom(1, 3));
    await story.deliver('shard-a', insertedFrom(1, 3));
    await story.deliver('shard-a', []);
    const nothing = { NewSessions: 0, MalformedRecords: 0 };
    expect(story.measured.slice(1)).toEqual([
      { ...nothing, DuplicatesSkipped: 3 },
      { ...nothing, DuplicatesSkipped: 0 },
    ]);
  });

  it('reports how many of its records were malformed', async () => {
    const story = storyAt(NOW_MS);
    const malformed = { ...inserted(2), dynamodb: {} };
    await story.deliver('shard-a', [inserted(1), malformed, malformed]);
    expect(story.measured).toMatchObject([{ NewSessions: 1, MalformedRecords: 2 }]);
  });

  it('has no negative lag when its clock is behind DynamoDB’s', async () => {
    const story = storyAt(NOW_MS - 900);
    await story.deliver('shard-a', insertedFrom(1, 1));
    expect(story.measured).toMatchObject([{ ProjectionLag: 0 }]);
  });

  it.each([undefined, 'soon'])('has no lag when its last record has the time: %s', async (time) => {
    const story = storyAt(NOW_MS);
    const { dynamodb, ...record } = inserted(1);
    const timeless = { ...dynamodb, ApproximateCreationDateTime: time as unknown as number };
    await story.deliver('shard-a', [{ ...record, dynamodb: timeless }]);
    expect(story.measured).toEqual([{ NewSessions: 1, DuplicatesSkipped: 0, MalformedRecords: 0 }]);
  });

  it('that throws emits nothing', async () => {
    const commitChange = async () => Promise.reject(new Error('throttled'));
    const story = tellStory({ ...createMemoryCounter(), commitChange });
    await expect(story.deliver('shard-a', insertedFrom(1, 3))).rejects.toThrow('throttled');
    expect(story.measured).toEqual([]);
  });
});
