import type { Counter, DayPack } from './counter.ts';
import { addToDay, DAY_MS, type UtcDay, utcDay } from './utc-day.ts';

/**
 * How many days are not packed yet: the current day and the one before. A stream keeps records for a day, so
 * earlier days receive only removals, imports, corrections and late sessions.
 */
const OPEN_DAYS = 2;

/**
 * The most days and months that one write adds to and packs; the rest is packed on a later day. Each packed day and
 * each dropped checkpoint adds a comparison to the condition. DynamoDB allows 4 KB and 300 operators, and
 * counts each AND as one, so all of them together, with four others, may be 150.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
 * @see https://github.com/aws/aws-sdk-js/issues/3721
 */
export const MAX_PACKED_DAYS = 90;

/** Numbers by day, of new sessions and of removed rows. */
export type DayNumbers = Pick<Counter, 'startedByDay' | 'removedByDay'>;

/** Moves separately stored numbers into the pack; valid only while the pack and these numbers are unchanged. */
export interface Packing {
  readonly expected: DayPack;
  readonly next: DayPack;
  /** The separately stored numbers, which `next` contains. */
  readonly moved: DayNumbers;
}

/** What a packing depends on, other than the counter. */
export interface PackingOccasion {
  /** When DynamoDB wrote the newest record of the batch, epoch seconds. */
  readonly writtenAt: number | undefined;
  /** What the same write adds; a write cannot both add to a number and move it. */
  readonly added: DayNumbers & Pick<Counter, 'startedByMonth'>;
  readonly isKept: (day: UtcDay) => boolean;
}

/**
 * The packing of the days that have closed since the last one; undefined when none has. So a counter packs
 * once a day, in the first write that knows it, by DynamoDB's time.
 */
export const planPacking = (
  counter: Pick<Counter, 'pack'> & DayNumbers,
  { writtenAt, added, isKept }: PackingOccasion,
): Packing | undefined => {
  if (writtenAt === undefined) return undefined;
  const { pack } = counter;
  const through = utcDay(writtenAt * 1000 - OPEN_DAYS * DAY_MS);
  if (pack.through !== undefined && through <= pack.through) return undefined;
  const isMoved = (day: UtcDay): boolean => day <= through && isKept(day);
  const most = Math.max(0, MAX_PACKED_DAYS - sizeOf(added) - added.startedByMonth.size);
  const startedByDay = movable(counter, added, 'startedByDay', isMoved).slice(0, most);
  const left = most - startedByDay.length;
  const removedByDay = movable(counter, added, 'removedByDay', isMoved).slice(0, left);
  const moved = { startedByDay: new Map(startedByDay), removedByDay: new Map(removedByDay) };
  if (sizeOf(moved) + sizeOf(pack) === 0) return undefined;
  return { expected: pack, next: nextPack(pack, { through, moved, isKept }), moved };
};

/** The numbers that are stored separately: those of `all`, without what is packed. */
export const separateDays = (
  all: ReadonlyMap<UtcDay, number>,
  packed: ReadonlyMap<UtcDay, number>,
): Map<UtcDay, number> =>
  new Map(
    [...all]
      .filter(([day, number]) => number !== packed.get(day))
      .map(([day, number]) => [day, number - (packed.get(day) ?? 0)]),
  );

/** The sums of two numbers by day. */
export const joinDays = (
  a: ReadonlyMap<UtcDay, number>,
  b: ReadonlyMap<UtcDay, number>,
): Map<UtcDay, number> => {
  const sums = new Map(a);
  for (const [day, number] of b) addToDay(sums, day, number);
  return sums;
};

/** Whether two packs are the same. */
export const isSamePack = (a: DayPack, b: DayPack): boolean =>
  a.through === b.through &&
  isSameDays(a.startedByDay, b.startedByDay) &&
  isSameDays(a.removedByDay, b.removedByDay);

/** Whether both have the same numbers for the same days. */
export const isSameDays = (
  a: ReadonlyMap<UtcDay, number>,
  b: ReadonlyMap<UtcDay, number>,
): boolean => a.size === b.size && [...a].every(([day, number]) => b.get(day) === number);

const movable = (
  counter: Pick<Counter, 'pack'> & DayNumbers,
  added: DayNumbers,
  kind: keyof DayNumbers,
  isMoved: (day: UtcDay) => boolean,
): [UtcDay, number][] =>
  [...separateDays(counter[kind], counter.pack[kind])].filter(
    ([day]) => isMoved(day) && !added[kind].has(day),
  );

const sizeOf = ({ startedByDay, removedByDay }: DayNumbers): number =>
  startedByDay.size + removedByDay.size;

const nextPack = (
  pack: DayPack,
  {
    through,
    moved,
    isKept,
  }: Pick<Packing, 'moved'> & Pick<PackingOccasion, 'isKept'> & { readonly through: UtcDay },
): DayPack => {
  // A pack holds no zeros.
  const next = (kind: keyof DayNumbers): Map<UtcDay, number> =>
    new Map(
      [...joinDays(pack[kind], moved[kind])].filter(([day, number]) => isKept(day) && number !== 0),
    );
  return { through, startedByDay: next('startedByDay'), removedByDay: next('removedByDay') };
};
