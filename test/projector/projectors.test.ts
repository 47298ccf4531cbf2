import { describe, expect, it } from 'vitest';
import type { CommitChange } from '../../src/domain/counter-store.ts';
import { createMemoryCounters } from '../../src/domain/memory-counters.ts';
import { MAX_REFUSALS } from '../../src/projector/leap-guard.ts';
import { inCounter, inserted, insertedFrom, removed } from '../support/stream-records.ts';
import { tellStory } from '../support/stream-story.ts';

/** A stream over several counters; each call of `commit` may fail before or after the write. */
const tellStories = (commit: (write: CommitChange) => CommitChange = (write) => write) => {
  const counters = createMemoryCounters();
  let writes = 0;
  const commitChange = commit((change) => {
    writes += 1;
    return counters.commitChange(change);
  });
  const story = tellStory({ commitChange, read: () => counters.of('site').read() });
  const totals = (...names: string[]) => names.map((name) => counters.of(name).read().total);
  return { ...story, totals, counters, writes: () => writes };
};

const inBlog = (position: number) => inCounter('blog', inserted(position));
const inDocs = (position: number) => inCounter('docs', inserted(position));
const MIXED = [inserted(1), inBlog(2), inDocs(3), inBlog(4), inserted(5), inBlog(6)];

describe('an event with the sessions of several counters', () => {
  it('is counted with one write for each of them', async () => {
    const { deliver, totals, writes } = tellStories();
    await deliver('shard-a', MIXED);
    expect(totals('site', 'blog', 'docs')).toEqual([2, 3, 1]);
    expect(writes()).toBe(3);
  });

  it('takes one write if all are of one counter', async () => {
    const { deliver, totals, writes } = tellStories();
    await deliver('shard-a', [inBlog(1), inBlog(2), inBlog(3)]);
    expect(totals('site', 'blog')).toEqual([0, 3]);
    expect(writes()).toBe(1);
  });

  it('takes one write for each of them again, because a container remembers each', async () => {
    const { deliver, totals, writes } = tellStories();
    await deliver('shard-a', MIXED);
    await deliver('shard-a', [inBlog(7), inserted(8), inDocs(9)]);
    expect(totals('site', 'blog', 'docs')).toEqual([3, 4, 2]);
    expect(writes()).toBe(6);
  });

  it('counts nothing when it is delivered again, however it is cut', async () => {
    const { deliver, totals, coldStart } = tellStories();
    await deliver('shard-a', MIXED);
    await deliver('shard-a', MIXED.slice(2));
    coldStart();
    await deliver('shard-a', [...MIXED.slice(3), inDocs(7)]);
    expect(totals('site', 'blog', 'docs')).toEqual([2, 3, 2]);
  });

  it('lowers nothing, and counts the removed rows of each', async () => {
    const { deliver, counters } = tellStories();
    await deliver('shard-a', [...MIXED, removed(7), inCounter('blog', removed(8))]);
    const sums = ['site', 'blog', 'docs'].map((name) => counters.of(name).read());
    expect(sums).toMatchObject([
      { total: 2, removed: 1 },
      { total: 3, removed: 1 },
      { total: 1, removed: 0 },
    ]);
  });

  it('reports the sums of all of them', async () => {
    const { deliver, coldStart, measured } = tellStories();
    await deliver('shard-a', MIXED);
    coldStart();
    await deliver('shard-a', [...MIXED, inDocs(7)]);
    expect(measured).toEqual([{ NewSessions: 6 }, { NewSessions: 1, DuplicatesSkipped: 6 }]);
  });
});

describe('a crash between the writes of one event', () => {
  const crashAt = (place: number, when: 'before' | 'after') => {
    let calls = 0;
    return tellStories((write) => async (change) => {
      calls += 1;
      const isCrash = calls === place;
      if (isCrash && when === 'before') throw new Error('the container was killed');
      const answer = await write(change);
      if (isCrash) throw new Error('the response was lost');
      return answer;
    });
  };

  it.each([
    ...[1, 2, 3].map((place) => ({ place, when: 'before' as const })),
    ...[1, 2, 3].map((place) => ({ place, when: 'after' as const })),
  ])('is a duplicate for some and new for others: $when write $place', async ({ place, when }) => {
    const { deliver, totals, coldStart } = crashAt(place, when);
    await expect(deliver('shard-a', MIXED)).rejects.toThrow();
    coldStart();
    await deliver('shard-a', [...MIXED, inBlog(7)]);
    expect(totals('site', 'blog', 'docs')).toEqual([2, 4, 1]);
  });
});

it('no event leaps over records of a failed one, of however many counters, also if it never came to them', async () => {
  let isDown = true;
  const { deliver, totals } = tellStories((write) => async (change) => {
    if (isDown) throw new Error('DynamoDB is down');
    return write(change);
  });
  const names = Array.from({ length: 1_100 }, (_, at) => `page/${at}`);
  const failed = names.map((name, at) => inCounter(name, inserted(at + 1)));
  const later = ['page/0', 'page/1099'].map((name, at) => inCounter(name, inserted(1_101 + at)));
  await expect(deliver('shard-a', failed)).rejects.toThrow('down');
  isDown = false;
  for (const record of later) {
    await expect(deliver('shard-a', [record])).rejects.toThrow('leaps over records');
  }
  await deliver('shard-a', failed);
  await deliver('shard-a', later);
  expect(totals('page/0', 'page/1', 'page/1099')).toEqual([2, 1, 2]);
});

it('a counter beside one that leaps is not leapt over either', async () => {
  let isDown = true;
  const { deliver, totals } = tellStories((write) => async (change) => {
    if (isDown) throw new Error('DynamoDB is down');
    return write(change);
  });
  const a = (position: number) => inCounter('a', inserted(position));
  const b = (position: number) => inCounter('b', inserted(position));
  await expect(deliver('shard-a', [a(1)])).rejects.toThrow('down');
  isDown = false;
  await expect(deliver('shard-a', [a(2), b(3)])).rejects.toThrow('leaps over');
  await expect(deliver('shard-a', [b(4)])).rejects.toThrow('leaps over');
  await deliver('shard-a', [a(1)]);
  await deliver('shard-a', [a(2), b(3)]);
  await deliver('shard-a', [b(4)]);
  expect(totals('a', 'b')).toEqual([2, 2]);
});

describe('an event that fails before the write of each counter has begun', () => {
  // More than a container writes at once.
  const names = Array.from({ length: 40 }, (_, at) => `page/${at}`);
  const eventAt = (position: number) =>
    names.map((name, at) => inCounter(name, inserted(position + at)));

  const tellFailure = async () => {
    let isThrottled = true;
    const story = tellStories((write) => async (change) => {
      if (isThrottled) throw new Error('throttled');
      return write(change);
    });
    await expect(story.deliver('shard-a', eventAt(1))).rejects.toThrow('throttled');
    isThrottled = false;
    return story;
  };

  it('is not leapt over by later records of any of them', async () => {
    const { deliver, totals } = await tellFailure();
    for (const record of eventAt(101)) {
      await expect(deliver('shard-a', [record])).rejects.toThrow('leaps over');
    }
    await deliver('shard-a', eventAt(1));
    await deliver('shard-a', eventAt(101));
    expect(totals(...names)).toEqual(names.map(() => 2));
  });

  it('is leapt over by a later event after as many refusals as if it were about one counter', async () => {
    const { deliver, totals, log } = await tellFailure();
    for (let refusal = 0; refusal < MAX_REFUSALS; refusal += 1) {
      await expect(deliver('shard-a', eventAt(101))).rejects.toThrow('leaps over');
    }
    await deliver('shard-a', eventAt(101));
    expect(totals(...names)).toEqual(names.map(() => 1));
    expect(log.lines).toHaveLength(names.length);
  });
});

it('a container counts for more counters than it remembers', async () => {
  const { deliver, totals } = tellStories();
  const names = Array.from({ length: 1_100 }, (_, at) => `page/${at}`);
  const records = names.map((name, at) => inCounter(name, inserted(at + 1)));
  await deliver('shard-a', records);
  await deliver('shard-a', records);
  expect(totals(...names)).toEqual(names.map(() => 1));
});

it('a row with a name that is none belongs to the site', async () => {
  const { deliver, totals, counters } = tellStories();
  await deliver('shard-a', [inCounter('no name!', inserted(1)), ...insertedFrom(2, 3)]);
  expect(totals('site')).toEqual([3]);
  expect(counters.names()).toEqual(['site']);
});
