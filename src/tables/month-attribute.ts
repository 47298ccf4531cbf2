import { monthNumber, monthOfNumber, type UtcMonth } from '../domain/utc-month.ts';
import { UnreadableDaysError } from './day-attribute.ts';
import { COUNTER } from './schema.ts';

/** The attribute that holds new sessions of `month`: `~` and the number of the month since the year 0, in base 36. */
export const monthAttribute = (month: UtcMonth): string =>
  COUNTER.monthPrefix + monthNumber(month).toString(36);

/**
 * The numbers by month in the attributes of an item. Throws an UnreadableDaysError when one is not a whole number, or
 * its name is no month.
 */
export const parseMonthAttributes = (item: Record<string, unknown>): Map<UtcMonth, number> =>
  new Map(
    Object.entries(item)
      .filter(([name]) => name.startsWith(COUNTER.monthPrefix))
      .map(([name, value]) => {
        const month = monthOfNumber(Number.parseInt(name.slice(COUNTER.monthPrefix.length), 36));
        const isMonth = month !== undefined && monthAttribute(month) === name;
        if (isMonth && Number.isSafeInteger(value)) return [month, value as number];
        const place = { name, item: String(item[COUNTER.name]) };
        throw new UnreadableDaysError(place, 'a whole number under the number of a month', value);
      }),
  );
