import { describe, expect, it } from 'vitest';
import { EMPTY_COUNTER, HISTORY_DAYS } from '../../src/domain/counter.ts';
import {
  joinDays,
  MAX_PACKED_DAYS,
  type PackingOccasion,
  planPacking,
  separateDays,
} from '../../src/domain/day-packing.ts';
import { DAY_MS, type UtcDay, utcDay } from '../../src/domain/utc-day.ts';

const WRITTEN_MS = Date.parse('2026-11-23T18:00:00.000Z');
const dayAgo = (age: number): UtcDay => utcDay(WRITTEN_MS - age * DAY_MS);
const NONE = new Map<UtcDay, number>();
const days = (...numbers: [age: number, number: number][]): Map<UtcDay, number> =>
  new Map(numbers.map(([age, number]) => [dayAgo(age), number]));

const adding = (added: Partial<PackingOccasion['added']>): PackingOccasion['added'] => ({
  ...{ startedByDay: NONE, removedByDay: NONE, startedByMonth: NONE },
  ...added,
});

const occasion = (parts: Partial<PackingOccasion> = {}): PackingOccasion => ({
  writtenAt: WRITTEN_MS / 1000,
  added: adding({}),
  isKept: (day) => day > dayAgo(HISTORY_DAYS),
  ...parts,
});

const counted = (startedByDay: Map<UtcDay, number>, removedByDay = NONE) => ({
  ...EMPTY_COUNTER,
  startedByDay,
  removedByDay,
});
const packOf = (age: number, startedByDay: Map<UtcDay, number>, removedByDay = NONE) => ({
  through: dayAgo(age),
  startedByDay,
  removedByDay,
});

describe('a packing', () => {
  it('moves all days before yesterday, and keeps those that still change', () => {
    const all = days([-3, 7], [0, 6], [1, 5], [2, 4], [3, 3]);
    const closed = days([2, 4], [3, 3]);
    expect(planPacking(counted(all, days([2, 1])), occasion())).toEqual({
      expected: EMPTY_COUNTER.pack,
      next: packOf(2, closed, days([2, 1])),
      moved: { startedByDay: closed, removedByDay: days([2, 1]) },
    });
  });

  it('adds what was counted for a packed day since', () => {
    const pack = packOf(3, days([3, 3], [4, 4]), days([5, 5]));
    const counter = { ...counted(days([3, 3], [4, 6]), days([5, 5], [6, 1])), pack };
    expect(planPacking(counter, occasion())).toEqual({
      expected: pack,
      next: packOf(2, days([3, 3], [4, 6]), days([5, 5], [6, 1])),
      moved: { startedByDay: days([4, 2]), removedByDay: days([6, 1]) },
    });
  });

  it('happens once a day, by the time of the records', () => {
    const counter = { ...counted(days([2, 2], [5, 1])), pack: packOf(2, NONE) };
    expect(planPacking(counter, occasion())).toBeUndefined();
    const nextDay = occasion({ writtenAt: WRITTEN_MS / 1000 + 86_400 });
    expect(planPacking(counter, nextDay)?.next.through).toBe(dayAgo(1));
    expect(planPacking(counter, occasion({ writtenAt: 0 }))).toBeUndefined();
  });

  it('does not happen in a write without a time', () => {
    expect(planPacking(counted(days([2, 1])), occasion({ writtenAt: undefined }))).toBeUndefined();
  });

  it('does not happen while there is nothing to pack', () => {
    expect(planPacking(counted(days([0, 1], [1, 1])), occasion())).toBeUndefined();
  });

  it('drops days older than the history, and never packs them', () => {
    const pack = packOf(9, days([9, 1], [90, 2], [400, 3]), days([90, 1]));
    const counter = { ...counted(days([9, 1], [90, 7], [400, 3]), days([90, 1])), pack };
    expect(planPacking(counter, occasion())).toMatchObject({
      next: packOf(2, days([9, 1])),
      moved: { startedByDay: NONE, removedByDay: NONE },
    });
  });

  it('moves no number that the same write adds to, because DynamoDB refuses that', () => {
    const added = adding({ startedByDay: days([4, 1]), removedByDay: days([5, 1]) });
    const counter = counted(days([4, 1], [5, 1]), days([4, 1], [5, 1]));
    expect(planPacking(counter, occasion({ added }))?.moved).toEqual({
      startedByDay: days([5, 1]),
      removedByDay: days([4, 1]),
    });
  });

  it('forgets a day whose numbers cancel out', () => {
    const pack = packOf(9, days([9, 3]));
    const counter = { ...counted(days([9, 0], [4, 0])), pack };
    expect(planPacking(counter, occasion())).toMatchObject({
      next: packOf(2, NONE),
      moved: { startedByDay: days([9, -3], [4, 0]) },
    });
  });

  it('moves and adds no more days at once than fit into an expression', () => {
    const all = new Map(Array.from({ length: 80 }, (_, age) => [dayAgo(age + 2), 1]));
    const added = adding({ startedByDay: days([0, 1]), removedByDay: days([1, 1], [0, 1]) });
    const { moved } = planPacking(counted(all, all), occasion({ added })) ?? {};
    const sizes = [moved?.startedByDay.size, moved?.removedByDay.size];
    expect(sizes).toEqual([80, MAX_PACKED_DAYS - 80 - 3]);
    const half = new Map([...all].slice(0, 40));
    const many = occasion({ added: adding({ startedByDay: half, removedByDay: half }) });
    const rest = planPacking(counted(all), many)?.moved;
    expect([rest?.startedByDay.size, rest?.removedByDay.size]).toEqual([MAX_PACKED_DAYS - 80, 0]);
    const whole = occasion({ added: adding({ startedByDay: all, removedByDay: half }) });
    expect(planPacking(counted(NONE, all), whole)).toBeUndefined();
    const months = new Map(Array.from({ length: 50 }, (_, month) => [`20${month + 10}-01`, 1]));
    const old = planPacking(counted(all), occasion({ added: adding({ startedByMonth: months }) }));
    expect(old?.moved.startedByDay.size).toBe(MAX_PACKED_DAYS - 50);
  });
});

describe('the separately stored days', () => {
  it('are what is not packed, and with the pack are all', () => {
    const [all, packed] = [days([0, 1], [2, 5], [3, 3], [4, 0]), days([2, 4], [3, 3])];
    const separate = separateDays(all, packed);
    expect(separate).toEqual(days([0, 1], [2, 1], [4, 0]));
    expect(joinDays(packed, separate)).toEqual(all);
  });
});
