import { describe, expect, it } from 'vitest';
import { createMemoryCounter } from '../../src/domain/memory-counter.ts';
import { inserted, insertedFrom, modified, removed } from '../support/stream-records.ts';
import { tellStory } from '../support/stream-story.ts';

describe('a counted batch', () => {
  it('reports its new sessions, and nothing that did not happen', async () => {
    const story = tellStory(createMemoryCounter());
    await story.deliver('shard-a', [...insertedFrom(1, 3), modified(4), removed(5)]);
    await story.deliver('shard-a', []);
    expect(story.measured).toEqual([{ NewSessions: 3 }, { NewSessions: 0 }]);
  });

  it('reports the records that it skipped as already counted', async () => {
    const story = tellStory(createMemoryCounter());
    await story.deliver('shard-a', insertedFrom(1, 3));
    story.coldStart();
    await story.deliver('shard-a', insertedFrom(2, 5));
    expect(story.measured.at(-1)).toEqual({ NewSessions: 2, DuplicatesSkipped: 2 });
  });

  it('reports how many of its records were malformed', async () => {
    const story = tellStory(createMemoryCounter());
    const malformed = { ...inserted(2), dynamodb: {} };
    await story.deliver('shard-a', [inserted(1), malformed, malformed]);
    expect(story.measured).toEqual([{ NewSessions: 1, MalformedRecords: 2 }]);
  });

  it('that throws emits nothing', async () => {
    const commitChange = async () => Promise.reject(new Error('throttled'));
    const story = tellStory({ ...createMemoryCounter(), commitChange });
    await expect(story.deliver('shard-a', insertedFrom(1, 3))).rejects.toThrow('throttled');
    expect(story.measured).toEqual([]);
  });
});
