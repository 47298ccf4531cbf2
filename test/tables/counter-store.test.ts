import { beforeEach, describe, expect, it } from 'vitest';
import { EMPTY_COUNTER, EMPTY_PACK } from '../../src/domain/counter.ts';
import { MAX_DROPPED_CHECKPOINTS } from '../../src/domain/counter-change.ts';
import { fitsOneWrite, MAX_ADDED_NUMBERS } from '../../src/domain/fits-one-write.ts';
import { DAY_MS, utcDay } from '../../src/domain/utc-day.ts';
import { change, checkpoint, FIRST, SECOND } from '../support/counter-changes.ts';
import { counterStores } from '../support/counter-stores.ts';
import { useDatabase } from '../support/embedded-database.ts';
import { NOW, NOW_MS, TODAY } from '../support/stream-records.ts';
import type { CounterUnderTest } from '../support/stream-story.ts';

const CUTOFF = '2026-11-23T19:00:00.000Z';

describe.each(counterStores(useDatabase()))('a counter store $name', ({ create }) => {
  let store: CounterUnderTest;
  beforeEach(async () => {
    store = await create();
  });

  it('is initially empty', async () => {
    expect(await store.read()).toEqual(EMPTY_COUNTER);
  });

  it('commits the first change and returns the counter', async () => {
    const expected = {
      total: 2,
      removed: 1,
      startedByDay: new Map([[TODAY, 2]]),
      removedByDay: new Map([[TODAY, 1]]),
      startedByMonth: new Map([['2026-11', 2]]),
      checkpoints: new Map([[change().shardId, FIRST]]),
      pack: EMPTY_PACK,
      ...{ watermark: 0, updatedAt: NOW },
      ...{ rebuild: undefined, lastCutoff: undefined, rebuilt: undefined },
      ...{ undo: undefined, lastUndo: undefined },
    };
    expect(await store.commitChange(change())).toEqual({ status: 'committed', counter: expected });
    expect(await store.read()).toEqual(expected);
  });

  it('adds a change to the previous one', async () => {
    await store.commitChange(change());
    const next = {
      expectedCheckpoint: FIRST,
      checkpoint: SECOND,
      startedByDay: new Map([['2026-11-22', 2]]),
    };
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
    { why: 'for a new shard that is there already', expectedCheckpoint: undefined },
    { why: 'on another sequence number', expectedCheckpoint: SECOND },
    {
      why: 'on the same sequence number written at another time',
      expectedCheckpoint: { ...FIRST, at: 1 },
    },
  ])(
    'refuses a change planned $why, and returns the current counter',
    async ({ expectedCheckpoint }) => {
      const { counter: held } = await store.commitChange(change());
      const answer = await store.commitChange(change({ expectedCheckpoint, checkpoint: SECOND }));
      expect(answer).toEqual({ status: 'conflict', counter: held });
      expect(await store.read()).toEqual(held);
    },
  );

  it('refuses a change planned on a checkpoint when there is no counter', async () => {
    const answer = await store.commitChange(
      change({ expectedCheckpoint: FIRST, checkpoint: SECOND }),
    );
    expect(answer).toEqual({ status: 'conflict', counter: EMPTY_COUNTER });
    expect(await store.read()).toEqual(EMPTY_COUNTER);
  });

  it('adds to the months for ever, and lowers one again for retracted sessions', async () => {
    await store.commitChange(change());
    const days = { startedByDay: new Map(), removedByDay: new Map() };
    const startedByMonth = new Map([
      ['2019-02', 3],
      ['2026-11', -1],
    ]);
    const next = { expectedCheckpoint: FIRST, checkpoint: SECOND, ...days, startedByMonth };
    const { counter } = await store.commitChange(change({ ...next, started: 2, removed: -1 }));
    expect(counter).toMatchObject({
      ...{ total: 4, removed: 0 },
      startedByMonth: new Map([
        ['2026-11', 1],
        ['2019-02', 3],
      ]),
    });
    expect(await store.read()).toEqual(counter);
  });

  it('adds a correction to the months of its days', async () => {
    await store.commitChange(change());
    await store.beginRebuild(CUTOFF, undefined);
    const startedByDay = new Map([
      ['2026-10-31', 1],
      [TODAY, -2],
    ]);
    const correction = { cutoff: CUTOFF, total: -1, removed: 0, startedByDay };
    await store.applyCorrection({ ...correction, removedByDay: new Map() }, CUTOFF);
    expect((await store.read()).startedByMonth).toEqual(
      new Map([
        ['2026-11', 0],
        ['2026-10', 1],
      ]),
    );
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

  it('drops what has expired in the same write that adds', async () => {
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
      change({ shardId: 'a', expectedCheckpoint: FIRST, checkpoint: SECOND }),
    );
    const expired = { ...change().expired, checkpoints: new Map([['a', FIRST]]) };
    const answer = await store.commitChange(change({ shardId: 'b', expired }));
    expect(answer).toEqual({ status: 'conflict', counter: held });
  });

  it('raises the watermark in the same write that drops, and keeps it from then on', async () => {
    await store.commitChange(change({ shardId: 'a' }));
    const expired = { ...change().expired, checkpoints: new Map([['a', FIRST]]) };
    const watermark = { expected: 0, next: FIRST.at };
    const { counter } = await store.commitChange(change({ shardId: 'b', expired, watermark }));
    expect(counter.watermark).toBe(FIRST.at);
    const same = { expected: FIRST.at, next: FIRST.at };
    const later = { shardId: 'b', expectedCheckpoint: FIRST, checkpoint: SECOND, watermark: same };
    expect(await store.commitChange(change(later))).toMatchObject({
      ...{ status: 'committed', counter: { watermark: FIRST.at } },
    });
  });

  it.each([
    { why: 'before the first watermark', expected: 0 },
    { why: 'on another watermark', expected: 8 },
  ])('refuses a change planned $why', async ({ expected }) => {
    await store.commitChange(change({ shardId: 'a', watermark: { expected: 0, next: 9 } }));
    const { counter: held } = await store.commitChange(change({ shardId: 'b' }));
    const late = change({ shardId: 'b', watermark: { expected, next: expected } });
    expect(await store.commitChange(late)).toEqual({ status: 'conflict', counter: held });
    expect(held).toMatchObject({ total: 2, watermark: 9 });
  });

  it('keeps the time of the last write when a change has none', async () => {
    await store.commitChange(change({ shardId: 'a' }));
    const { counter } = await store.commitChange(change({ shardId: 'b', updatedAt: undefined }));
    expect(counter).toMatchObject({ total: 4, updatedAt: NOW });
  });

  it('keeps all 40 digits of sequence numbers', async () => {
    const long = checkpoint('9'.repeat(40));
    const { counter } = await store.commitChange(change({ checkpoint: long }));
    expect(counter.checkpoints.get(change().shardId)).toEqual(long);
  });

  it('accepts the changes of a whole history in one write', async () => {
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

  it('adds as many numbers as a change may have, in the largest write of all', async () => {
    const days = (number: number) =>
      new Map(Array.from({ length: number }, (_, day) => [utcDay(NOW_MS - day * DAY_MS), 1]));
    const months = new Map(
      Array.from({ length: MAX_ADDED_NUMBERS - 180 }, (_, year) => [`${2000 + year}-01`, 1]),
    );
    const dropped = [...Array(60).keys()].map((day) => utcDay(NOW_MS - (100 + day) * DAY_MS));
    const old = Array.from(
      { length: MAX_DROPPED_CHECKPOINTS },
      (_, number) => `shardId-${String(number).padStart(20, '0')}-a1b2c3d4`,
    );
    for (const shardId of old) await store.commitChange(change({ shardId }));
    await store.beginRebuild(CUTOFF, undefined);
    const largest = change({
      shardId: 'new',
      ...{ startedByDay: days(90), removedByDay: days(90), startedByMonth: months },
      watermark: { expected: 0, next: 1 },
      rebuild: { cutoff: CUTOFF, started: 1, removed: 1 },
      expired: {
        ...{ startedDays: dropped, removedDays: dropped },
        checkpoints: new Map(old.map((shardId) => [shardId, FIRST])),
      },
    });
    expect(fitsOneWrite(largest)).toBe(true);
    const { status, counter } = await store.commitChange(largest);
    expect(status).toBe('committed');
    expect(counter.startedByMonth.get('2019-01')).toBe(1);
    expect([...counter.checkpoints.keys()]).toEqual(['new']);
    expect(fitsOneWrite({ ...largest, startedByDay: days(91) })).toBe(false);
  });
});
