import { beforeEach, describe, expect, it } from 'vitest';
import { EMPTY_PACK } from '../../src/domain/counter.ts';
import { MAX_DROPPED_CHECKPOINTS } from '../../src/domain/counter-change.ts';
import { MAX_PACKED_DAYS, type Packing } from '../../src/domain/day-packing.ts';
import { DAY_MS, utcDay } from '../../src/domain/utc-day.ts';
import { change, FIRST } from '../support/counter-changes.ts';
import { counterStores } from '../support/counter-stores.ts';
import { useDatabase } from '../support/embedded-database.ts';
import { TODAY } from '../support/stream-records.ts';
import type { CounterUnderTest } from '../support/stream-story.ts';

const CLOSED = '2026-11-21';
const packing = (): Packing => ({
  expected: EMPTY_PACK,
  next: {
    through: CLOSED,
    startedByDay: new Map([[CLOSED, 2]]),
    removedByDay: new Map([[CLOSED, 1]]),
  },
  moved: { startedByDay: new Map([[CLOSED, 2]]), removedByDay: new Map([[CLOSED, 1]]) },
});
const closedDay = (shardId: string) =>
  change({
    shardId,
    startedByDay: new Map([[CLOSED, 2]]),
    removedByDay: new Map([[CLOSED, 1]]),
  });

describe.each(counterStores(useDatabase()))('a counter store $name', ({ create }) => {
  let store: CounterUnderTest;
  beforeEach(async () => {
    store = await create();
  });

  it('packs days in the same write that adds, and changes no number by it', async () => {
    await store.commitChange(closedDay('a'));
    const { status, counter } = await store.commitChange(
      change({ shardId: 'b', packing: packing() }),
    );
    expect(status).toBe('committed');
    expect(counter.pack).toEqual(packing().next);
    expect([...counter.startedByDay].sort()).toEqual([
      [CLOSED, 2],
      [TODAY, 2],
    ]);
    expect([...counter.removedByDay].sort()).toEqual([
      [CLOSED, 1],
      [TODAY, 1],
    ]);
    expect(await store.read()).toEqual(counter);
  });

  it('adds to a packed day, packs that too, and drops days from the pack', async () => {
    await store.commitChange(closedDay('a'));
    await store.commitChange(change({ shardId: 'b', packing: packing() }));
    const { counter: added } = await store.commitChange(closedDay('c'));
    expect(added.startedByDay.get(CLOSED)).toBe(4);
    const both = new Map([[CLOSED, 4]]);
    const next = { through: '2026-11-22', startedByDay: both, removedByDay: new Map() };
    const again = { ...packing(), expected: packing().next, next };
    const { status, counter } = await store.commitChange(change({ shardId: 'd', packing: again }));
    expect(status).toBe('committed');
    expect(counter.startedByDay.get(CLOSED)).toBe(4);
    expect(counter.removedByDay.has(CLOSED)).toBe(false);
    expect(counter.pack).toEqual(next);
  });

  it.each([
    {
      why: 'before the first pack',
      late: () => packing(),
    },
    {
      why: 'on another pack of the same days',
      late: () => ({
        ...packing(),
        expected: { ...packing().next, startedByDay: new Map([[CLOSED, 9]]) },
      }),
    },
    {
      why: 'on other new sessions of a day that it packs',
      late: () => ({
        ...packing(),
        expected: packing().next,
        moved: { ...packing().moved, startedByDay: new Map([[CLOSED, 1]]) },
      }),
    },
    {
      why: 'on other removed rows of a day that it packs',
      late: () => ({
        ...packing(),
        expected: packing().next,
        moved: { ...packing().moved, removedByDay: new Map([[CLOSED, 2]]) },
      }),
    },
    {
      why: 'on a day that nobody has counted',
      late: () => ({
        ...packing(),
        expected: packing().next,
        moved: { ...packing().moved, startedByDay: new Map([['2026-11-20', 1]]) },
      }),
    },
  ])('refuses to pack days as planned $why', async ({ late }) => {
    await store.commitChange(closedDay('a'));
    await store.commitChange(change({ shardId: 'b', packing: packing() }));
    const { counter: held } = await store.commitChange(closedDay('c'));
    const answer = await store.commitChange(change({ shardId: 'd', packing: late() }));
    expect(answer).toEqual({ status: 'conflict', counter: held });
    expect(await store.read()).toEqual(held);
  });

  it('packs and drops as much at once as a change may hold', async () => {
    const days = Array.from({ length: MAX_PACKED_DAYS }, (_, age) =>
      utcDay(Date.parse(CLOSED) - age * DAY_MS),
    );
    const numbers = new Map(days.map((day) => [day, 1]));
    await store.commitChange(change({ shardId: 'a', startedByDay: numbers }));
    const old = Array.from(
      { length: MAX_DROPPED_CHECKPOINTS },
      (_, number) => `shardId-${String(number).padStart(20, '0')}-a1b2c3d4`,
    );
    for (const shardId of old) await store.commitChange(change({ shardId }));
    const { counter } = await store.commitChange(
      change({
        shardId: 'b',
        expired: {
          startedDays: days.map((day) => day.replace('2026', '2025')).slice(0, 60),
          removedDays: days.map((day) => day.replace('2026', '2025')).slice(0, 60),
          checkpoints: new Map(old.map((shardId) => [shardId, FIRST])),
        },
        packing: {
          expected: EMPTY_PACK,
          next: { through: CLOSED, startedByDay: numbers, removedByDay: new Map() },
          moved: { startedByDay: numbers, removedByDay: new Map() },
        },
      }),
    );
    expect(counter.pack.startedByDay).toEqual(numbers);
    expect([...counter.checkpoints.keys()].sort()).toEqual(['a', 'b']);
  });
});
