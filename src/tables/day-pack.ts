import { type DayPack, EMPTY_PACK } from '../domain/counter.ts';
import type { UtcDay } from '../domain/utc-day.ts';
import { dayOfNumber, numberOfDay, UnreadableDaysError } from './day-attribute.ts';
import { COUNTER, DISTINCT_SESSIONS } from './schema.ts';
import { decodeNumbers, encodeNumbers } from './whole-numbers.ts';

/**
 * A pack as it is stored, a list of whole numbers: that of its last day, how many days back new sessions are
 * listed, those numbers from the last day backwards, and in the same way the removed rows. Throws a RangeError
 * for a pack that was never written.
 */
export const encodePack = ({ through, startedByDay, removedByDay }: DayPack): Uint8Array => {
  if (through === undefined) throw new RangeError('A pack without a last day is not stored');
  const last = numberOfDay(through);
  const started = listBackwards(startedByDay, last);
  return encodeNumbers([last, started.length, ...started, ...listBackwards(removedByDay, last)]);
};

const listBackwards = (numbers: ReadonlyMap<UtcDay, number>, last: number): number[] => {
  const list: number[] = [];
  for (const [day, number] of numbers) list[last - numberOfDay(day)] = number;
  return Array.from(list, (number) => number ?? 0);
};

/**
 * The pack in an attribute of the counter item with the key `item`; the empty one when it has none. Throws an
 * UnreadableDaysError when it is not exactly as it would be written: no condition would ever match it.
 */
export const parsePack = (value: unknown, item: string = DISTINCT_SESSIONS): DayPack => {
  if (value === undefined) return EMPTY_PACK;
  const pack = value instanceof Uint8Array ? decodePack(value) : undefined;
  if (pack && Buffer.compare(encodePack(pack), value as Uint8Array) === 0) return pack;
  throw new UnreadableDaysError({ name: COUNTER.pack, item }, 'a pack of days', value);
};

const decodePack = (bytes: Uint8Array): DayPack | undefined => {
  const [last = Number.NaN, length = 0, ...numbers] = decodeNumbers(bytes) ?? [];
  const through = dayOfNumber(last);
  if (through === undefined) return undefined;
  const startedByDay = readBackwards(numbers.slice(0, length), last);
  const removedByDay = readBackwards(numbers.slice(length), last);
  return startedByDay && removedByDay && { through, startedByDay, removedByDay };
};

const readBackwards = (
  numbers: readonly number[],
  last: number,
): Map<UtcDay, number> | undefined => {
  const days = new Map<UtcDay, number>();
  for (const [age, number] of numbers.entries()) {
    const day = dayOfNumber(last - age);
    if (day === undefined) return undefined;
    if (number !== 0) days.set(day, number);
  }
  return days;
};
