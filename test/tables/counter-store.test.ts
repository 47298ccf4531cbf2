import { beforeEach, describe, expect, it } from 'vitest';
import { type Checkpoint, type CounterChange, EMPTY_COUNTER } from '../../src/domain/counter.ts';
import { MAX_DROPPED_CHECKPOINTS } from '../../src/domain/counter-change.ts';
import { parseSequenceNumber, type SequenceNumber } from '../../src/domain/sequence-number.ts';
import { counterStores } from '../support/counter-stores.ts';
import { useDatabase } from '../support/embedded-database.ts';
import { NOW, TODAY } from '../support/stream-records.ts';
import type { CounterUnderTest } from '../support/stream-story.ts';

const checkpoint = (digits: string, at = 1_795_456_800): Checkpoint => ({
  sequence: parseSequenceNumber(digits) as SequenceNumber,
  at,
});
const FIRST = checkpoint('100000000000000000000001');
const SECOND = checkpoint('100000000000000000000002');

const change = (parts: Partial<CounterChange> = {}): CounterChange => ({
  shardId: 'shardId-00000001795456800000-a1b2c3d4',
  basis: undefined,
  checkpoint: FIRST,
  started: 2,
  removed: 1,
  startedByDay: new Map([[TODAY, 2]]),
  removedByDay: new Map([[TODAY, 1]]),
  expired: { startedDays: [], removedDays: [], checkpoints: new Map() },
  updatedAt: NOW,
  rebuild: undefined,
  ...parts,
});

describe.each(counterStores(useDatabase()))('a counter store $name', ({ create }) => {
  let store: CounterUnderTest;
  beforeEach(async () => {
    store = await create();
  });

  it('is empty at first', async () => {
    expect(await store.read()).toEqual(EMPTY_COUNTER);
  });

  it('commits the first change and answers with the counter', async () => {
    const expected = {
      total: 2,
      removed: 1,
      startedByDay: new Map([[TODAY, 2]]),
      removedByDay: new Map([[TODAY, 1]]),
      checkpoints: new Map([[change().shardId, FIRST]]),
      updatedAt: NOW,
      rebuild: undefined,
      rebuilt: undefined,
    };
    expect(await store.commitChange(change())).toEqual({ status: 'committed', counter: expected });
    expect(await store.read()).toEqual(expected);
  });

  it('adds a change to the one before it', async () => {
    await store.commitChange(change());
    const next = { basis: FIRST, checkpoint: SECOND, startedByDay: new Map([['2026-11-22', 2]]) };
    const { counter } = await store.commitChange(change(next));
    expect(counter).toMatchObject({ total: 4, removed: 2 });
    expect(counter.removedByDay).toEqual(new Map([[TODAY, 2]]));
    expect(counter.startedByDay).toEqual(
      new Map([
        [TODAY, 2],
        ['2026-11-22', 2],
      ]),
    );
    expect(counter.checkpoints.get(change().shardId)).toEqual(SECOND);
  });

  it.each([
    { why: 'for a new shard that is there already', basis: undefined },
    { why: 'on another sequence number', basis: SECOND },
    { why: 'on the same sequence number written at another time', basis: { ...FIRST, at: 1 } },
  ])('refuses a change planned $why, and shows what it holds', async ({ basis }) => {
    const { counter: held } = await store.commitChange(change());
    const answer = await store.commitChange(change({ basis, checkpoint: SECOND }));
    expect(answer).toEqual({ status: 'conflict', counter: held });
    expect(await store.read()).toEqual(held);
  });

  it('refuses a change planned on a checkpoint while there is no counter', async () => {
    const answer = await store.commitChange(change({ basis: FIRST, checkpoint: SECOND }));
    expect(answer).toEqual({ status: 'conflict', counter: EMPTY_COUNTER });
    expect(await store.read()).toEqual(EMPTY_COUNTER);
  });

  it('keeps one checkpoint for each shard', async () => {
    await store.commitChange(change({ shardId: 'a' }));
    const { counter } = await store.commitChange(change({ shardId: 'b', checkpoint: SECOND }));
    expect(counter.total).toBe(4);
    expect(counter.checkpoints).toEqual(
      new Map([
        ['a', FIRST],
        ['b', SECOND],
      ]),
    );
  });

  it('drops what has expired in the write that adds', async () => {
    const old = new Map([['2026-01-01', 2]]);
    await store.commitChange(change({ shardId: 'a', startedByDay: old, removedByDay: old }));
    const days = ['2026-01-01'];
    const checkpoints = new Map([['a', FIRST]]);
    const expired = { startedDays: days, removedDays: days, checkpoints };
    const { status, counter } = await store.commitChange(change({ shardId: 'b', expired }));
    expect(status).toBe('committed');
    expect(counter.total).toBe(4);
    expect(counter.startedByDay).toEqual(new Map([[TODAY, 2]]));
    expect(counter.removedByDay).toEqual(new Map([[TODAY, 1]]));
    expect([...counter.checkpoints.keys()]).toEqual(['b']);
  });

  it('refuses to drop a checkpoint that has moved since', async () => {
    await store.commitChange(change({ shardId: 'a' }));
    const { counter: held } = await store.commitChange(
      change({ shardId: 'a', basis: FIRST, checkpoint: SECOND }),
    );
    const expired = { ...change().expired, checkpoints: new Map([['a', FIRST]]) };
    const answer = await store.commitChange(change({ shardId: 'b', expired }));
    expect(answer).toEqual({ status: 'conflict', counter: held });
  });

  it('keeps sequence numbers of 40 digits to the last one', async () => {
    const long = checkpoint('9'.repeat(40));
    const { counter } = await store.commitChange(change({ checkpoint: long }));
    expect(counter.checkpoints.get(change().shardId)).toEqual(long);
  });

  it('takes the changes of a whole history in one write', async () => {
    const days = Array.from({ length: 91 }, (_, day) =>
      new Date(Date.UTC(2026, 8, 1 + day)).toISOString().slice(0, 10),
    );
    const startedByDay = new Map(days.map((day) => [day, 1]));
    const { counter } = await store.commitChange(change({ started: 91, startedByDay }));
    expect(counter.startedByDay).toEqual(startedByDay);
  });

  it('drops as many checkpoints at once as a change may hold', async () => {
    const old = Array.from(
      { length: MAX_DROPPED_CHECKPOINTS },
      (_, number) => `shardId-${String(number).padStart(20, '0')}-a1b2c3d4`,
    );
    for (const shardId of old) await store.commitChange(change({ shardId }));
    const checkpoints = new Map(old.map((shardId) => [shardId, FIRST]));
    const expired = { ...change().expired, checkpoints };
    const { status, counter } = await store.commitChange(change({ shardId: 'new', expired }));
    expect(status).toBe('committed');
    expect([...counter.checkpoints.keys()]).toEqual(['new']);
  });

  describe('under a rebuild', () => {
    const CUT = '2026-11-23T18:00:10.000Z';
    const correction = (drift: number, cut = CUT) => ({
      ...{ cut, drift, uncertainty: 0 },
      driftByDay: new Map([[TODAY, drift]]),
    });
    const pending = { cut: CUT, started: 2, removed: 1 };

    beforeEach(async () => {
      await store.commitChange(change());
    });

    it('counts apart what changes bring since the cut', async () => {
      expect(await store.markCut(CUT)).toBe(true);
      await store.commitChange(change({ basis: FIRST, checkpoint: SECOND, rebuild: pending }));
      expect(await store.read()).toMatchObject({ total: 4, removed: 2, rebuild: pending });
      await store.commitChange(change({ shardId: 'b', rebuild: pending }));
      expect(await store.read()).toMatchObject({
        ...{ total: 6, removed: 3 },
        rebuild: { cut: CUT, started: 4, removed: 2 },
      });
    });

    it('refuses a change that was planned before, and shows the cut', async () => {
      await store.markCut(CUT);
      const answer = await store.commitChange(change({ basis: FIRST, checkpoint: SECOND }));
      expect(answer.status).toBe('conflict');
      expect(answer.counter).toMatchObject({
        total: 2,
        rebuild: { ...pending, started: 0, removed: 0 },
      });
    });

    it('refuses a change that was planned under another rebuild, or under one that is over', async () => {
      const late = change({ basis: FIRST, checkpoint: SECOND, rebuild: pending });
      expect((await store.commitChange(late)).status).toBe('conflict');
      await store.markCut('2026-11-23T19:00:00.000Z');
      expect((await store.commitChange(late)).status).toBe('conflict');
    });

    it('moves the total and the day, and ends, in one write that happens once', async () => {
      await store.markCut(CUT);
      expect(await store.correct(correction(5), NOW)).toBe(true);
      expect(await store.correct(correction(5), NOW)).toBe(false);
      expect(await store.read()).toMatchObject({
        ...{ total: 7, removed: 1, startedByDay: new Map([[TODAY, 7]]) },
        ...{ rebuild: undefined, rebuilt: { cut: CUT, at: NOW, drift: 5 } },
      });
    });

    it('moves nothing in the name of another, and is marked by one alone', async () => {
      await store.markCut(CUT);
      const before = await store.read();
      expect(await store.markCut('2026-11-23T19:00:00.000Z')).toBe(false);
      expect(await store.dropCut('2026-11-23T19:00:00.000Z')).toBe(false);
      expect(await store.correct(correction(5, '2026-11-23T19:00:00.000Z'), NOW)).toBe(false);
      expect(await store.read()).toEqual(before);
    });

    it('moves nothing after a day, when the counter may have dropped the days that it looked at', async () => {
      await store.markCut(CUT);
      const updatedAt = '2026-11-24T18:00:10.001Z';
      const late = { basis: FIRST, checkpoint: SECOND, rebuild: pending, updatedAt };
      await store.commitChange(change(late));
      expect(await store.correct(correction(5), updatedAt)).toBe(false);
      expect(await store.read()).toMatchObject({ total: 4, rebuild: pending });
    });

    it('still moves it to the last millisecond of that day', async () => {
      await store.markCut(CUT);
      const updatedAt = '2026-11-24T18:00:10.000Z';
      const late = { basis: FIRST, checkpoint: SECOND, rebuild: pending, updatedAt };
      await store.commitChange(change(late));
      expect(await store.correct(correction(5), updatedAt)).toBe(true);
      expect(await store.read()).toMatchObject({ total: 9, startedByDay: new Map([[TODAY, 9]]) });
    });

    it('is no more dropped than ended where there is none', async () => {
      expect(await store.dropCut(CUT)).toBe(false);
      expect(await store.correct(correction(5), NOW)).toBe(false);
    });

    it('is as before when the rebuild is dropped', async () => {
      const before = await store.read();
      await store.markCut(CUT);
      expect(await store.dropCut(CUT)).toBe(true);
      expect(await store.read()).toEqual(before);
    });
  });
});
