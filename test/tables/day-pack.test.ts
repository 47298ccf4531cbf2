import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMPTY_PACK } from '../../src/domain/counter.ts';
import { DAY_MS, type UtcDay, utcDay } from '../../src/domain/utc-day.ts';
import { UnreadableDaysError } from '../../src/tables/day-attribute.ts';
import { encodePack, parsePack } from '../../src/tables/day-pack.ts';

const LAST_MS = Date.parse('2026-11-21');
const dayAgo = (age: number): UtcDay => utcDay(LAST_MS - age * DAY_MS);
const daysOf = (numbers: readonly [number, number][]): Map<UtcDay, number> =>
  new Map(numbers.map(([age, number]) => [dayAgo(age), number]));

const counts = fc.oneof(fc.integer({ min: -300, max: 300 }), fc.integer({ min: 1, max: 2 ** 51 }));
const days = fc
  .uniqueArray(fc.tuple(fc.nat(120), counts), { selector: ([age]) => age })
  .map((numbers) => daysOf(numbers.filter(([, number]) => number !== 0)));

describe('a pack of days as it is stored', () => {
  it('is read as it was written', () => {
    const property = fc.property(days, days, (startedByDay, removedByDay) => {
      const pack = { through: dayAgo(0), startedByDay, removedByDay };
      expect(parsePack(encodePack(pack))).toEqual(pack);
    });
    fc.assert(property);
  });

  it('is the same in whatever order its days are, so that a condition matches it', () => {
    const pack = { ...EMPTY_PACK, through: dayAgo(0) };
    const numbers: [number, number][] = Array.from({ length: 9 }, (_, age) => [age, age + 1]);
    const forwards = { ...pack, startedByDay: daysOf(numbers) };
    const backwards = { ...pack, startedByDay: daysOf(numbers.toReversed()) };
    expect(encodePack(forwards)).toEqual(encodePack(backwards));
  });

  it('has 3 bytes for each day of 160,000 sessions, and 1 for each day with fewer than 64', () => {
    const packOf = (number: number) => ({
      ...{ through: dayAgo(0), removedByDay: new Map() },
      startedByDay: daysOf(Array.from({ length: 88 }, (_, age) => [age, number])),
    });
    expect(encodePack(packOf(160_000)).length).toBe(5 + 88 * 3);
    expect(encodePack(packOf(63)).length).toBe(5 + 88);
  });

  it('is empty before the first packing, and then has no attribute', () => {
    expect(parsePack(undefined)).toEqual(EMPTY_PACK);
    expect(() => encodePack(EMPTY_PACK)).toThrow(RangeError);
  });

  const stored = encodePack({
    ...{ through: dayAgo(0), removedByDay: new Map() },
    startedByDay: daysOf([[0, 300]]),
  });
  it.each([
    ['text', 'text'],
    ['null', null],
    ['no bytes', new Uint8Array()],
    ['cut off', stored.slice(0, -1)],
    ['a list with a zero at its end', Uint8Array.from([...stored, 0])],
    ['fewer numbers than it says', stored.slice(0, -2)],
    ['a number that is too large', Uint8Array.from([...stored, ...Array(9).fill(255), 1])],
    ['a day after the year 9999', Uint8Array.from([255, 255, 255, 127, 0])],
    ['a day in too many bytes', Uint8Array.from([2 + 128, 0, 0])],
  ])('is refused when it is %s, because it would be replaced or never match', (_, value) => {
    expect(() => parsePack(value)).toThrow(UnreadableDaysError);
  });
});
