import { describe, expect, it } from 'vitest';
import { EMPTY_COUNTER } from '../../src/domain/counter.ts';
import type { CommitChange } from '../../src/domain/counter-store.ts';
import { createMemoryCounter } from '../../src/domain/memory-counter.ts';
import {
  inserted,
  insertedFrom,
  NOW,
  NOW_MS,
  removed,
  sequenceNumber,
} from '../support/stream-records.ts';
import { tellStory } from '../support/stream-story.ts';

const HOUR_MS = 3_600_000;

describe('the projector', () => {
  it('throws when the store fails, so that the batch comes again', async () => {
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

  it('counts once when the store committed but its answer was lost', async () => {
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

  it('loses to an invocation that committed in between, and counts the rest', async () => {
    const counter = createMemoryCounter();
    const zombie = tellStory(counter);
    let interfered = false;
    const commitChange: CommitChange = async (change) => {
      if (!interfered) {
        interfered = true;
        await zombie.deliver('shard-a', insertedFrom(1, 4));
      }
      return counter.commitChange(change);
    };
    const story = tellStory({ ...counter, commitChange });
    await story.deliver('shard-a', insertedFrom(1, 6));
    expect(await story.totals()).toEqual({ total: 6, removed: 0 });
  });

  it('counts apart, while a rebuild lasts, what had its first visit at or after the cut', async () => {
    const counter = createMemoryCounter();
    await counter.markCut(NOW);
    const [early, onTime, later] = ['2026-11-23T17:59:59.999Z', NOW, '2026-11-23T18:00:00.001Z'];
    const story = tellStory(counter);
    await story.deliver('shard-a', [inserted(1, early), inserted(2, onTime), inserted(3, later)]);
    await story.deliver('shard-a', [removed(4)]);
    expect(await story.counter()).toMatchObject({
      ...{ total: 3, removed: 1 },
      rebuild: { cut: NOW, started: 2, removed: 1 },
    });
  });

  it('gives up, loudly, on a checkpoint that changes under every attempt', async () => {
    let attempts = 0;
    const commitChange: CommitChange = async () => {
      attempts += 1;
      return { status: 'conflict', counter: EMPTY_COUNTER };
    };
    const story = tellStory({ commitChange, read: () => EMPTY_COUNTER });
    await expect(story.deliver('shard-a', insertedFrom(1, 2))).rejects.toMatchObject({
      name: 'ContendedCheckpointError',
      message: 'The checkpoint of shard-a changed under 10 attempts to move it',
    });
    expect(attempts).toBe(10);
  });

  it('counts again what a counter that was reset no longer holds, though it remembers it', async () => {
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

  it('drops the checkpoint of a closed shard after 48 hours, in a write that adds', async () => {
    const counter = createMemoryCounter();
    let nowMs = NOW_MS;
    const story = tellStory(counter, () => nowMs);
    await story.deliver('parent', insertedFrom(1, 2));
    nowMs += 48 * HOUR_MS;
    await story.deliver('child', insertedFrom(3, 4));
    expect([...counter.read().checkpoints.keys()]).toEqual(['parent', 'child']);
    nowMs += 1_000;
    await story.deliver('child', insertedFrom(5, 6));
    expect([...counter.read().checkpoints.keys()]).toEqual(['child']);
    expect(await story.totals()).toEqual({ total: 6, removed: 0 });
  });

  it('keeps the checkpoint of a shard that another container woke up meanwhile', async () => {
    const counter = createMemoryCounter();
    let nowMs = NOW_MS;
    const story = tellStory(counter, () => nowMs);
    const other = tellStory(counter, () => nowMs);
    await story.deliver('sleeper', insertedFrom(1, 2));
    await story.deliver('shard-a', insertedFrom(3, 4));
    nowMs += 49 * HOUR_MS;
    await other.deliver('sleeper', insertedFrom(5, 6));
    await story.deliver('shard-a', insertedFrom(7, 8));
    await other.deliver('sleeper', insertedFrom(1, 6));
    expect(counter.read().checkpoints.get('sleeper')?.sequence).toContain(sequenceNumber(6));
    expect(await story.totals()).toEqual({ total: 8, removed: 0 });
  });
});
