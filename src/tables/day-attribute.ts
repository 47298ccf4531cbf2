import { DAY_MS, dayNumber, type UtcDay, utcDay } from '../domain/utc-day.ts';
import { type AttributePlace, describeValue } from './describe-value.ts';
import { COUNTER } from './schema.ts';

/** The attribute that holds new sessions of `day`: `+` and the number of the day since 1970, in base 36. */
export const startedAttribute = (day: UtcDay): string => COUNTER.startedPrefix + shorten(day);

/** The attribute that holds removed rows of sessions that started on `day`, likewise after `-`. */
export const removedAttribute = (day: UtcDay): string => COUNTER.removedPrefix + shorten(day);

const shorten = (day: UtcDay): string => numberOfDay(day).toString(36);

/** The number of UTC days from 1970-01-01 to `day`. */
export const numberOfDay = (day: UtcDay): number => dayNumber(Date.parse(day));

/** The day with this number; undefined outside the years 0 to 9999. */
export const dayOfNumber = (number: number): UtcDay | undefined =>
  number >= FIRST_DAY && number <= LAST_DAY ? utcDay(number * DAY_MS) : undefined;

const FIRST_DAY = dayNumber(Date.parse('0000-01-01'));
const LAST_DAY = dayNumber(Date.parse('9999-12-31'));

/**
 * The numbers by day in the attributes of an item that start with `prefix`. Throws an UnreadableDaysError when
 * one is not a whole number, or its name is no day.
 */
export const parseDayAttributes = (
  item: Record<string, unknown>,
  prefix: string,
): Map<UtcDay, number> =>
  new Map(
    Object.entries(item)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => {
        const day = dayOfNumber(Number.parseInt(name.slice(prefix.length), 36));
        const isDay = day !== undefined && prefix + shorten(day) === name;
        if (isDay && Number.isSafeInteger(value)) return [day, value as number];
        const place = { name, item: String(item[COUNTER.name]) };
        throw new UnreadableDaysError(place, 'a whole number under the number of a day', value);
      }),
  );

/** The counter item has numbers of days that are not as the projector writes them. */
export class UnreadableDaysError extends Error {
  override readonly name = 'UnreadableDaysError';

  constructor({ name, item }: AttributePlace, expected: string, actual: unknown) {
    super(
      `The attribute ${name} of the item ${item} must be ${expected}, but it is ${describeValue(actual)}; ` +
        'restore it as it was',
    );
  }
}
