import { type UtcDay, utcDay } from './utc-day.ts';

/** A calendar month in UTC, `YYYY-MM`; sorts chronologically as text. */
export type UtcMonth = string;

/** The month of a day. */
const monthOf = (day: UtcDay): UtcMonth => day.slice(0, 7);

/** The UTC month of the instant `epochMs`; throws a RangeError outside JavaScript's date range. */
export const utcMonth = (epochMs: number): UtcMonth => monthOf(utcDay(epochMs));

/** The number of months from the year 0 to `month`. */
export const monthNumber = (month: UtcMonth): number => {
  const [year = '', inYear = ''] = month.split('-');
  return 12 * Number(year) + Number(inYear) - 1;
};

/** The month with this number; undefined outside the years 0 to 9999. */
export const monthOfNumber = (number: number): UtcMonth | undefined => {
  if (!Number.isInteger(number) || number < 0 || number >= 12 * 10_000) return undefined;
  const [year, inYear] = [Math.floor(number / 12), (number % 12) + 1];
  return `${String(year).padStart(4, '0')}-${String(inYear).padStart(2, '0')}`;
};

/** The sums of numbers by day over each month. */
export const byMonth = (numbers: ReadonlyMap<UtcDay, number>): Map<UtcMonth, number> => {
  const sums = new Map<UtcMonth, number>();
  for (const [day, number] of numbers) {
    const month = monthOf(day);
    sums.set(month, (sums.get(month) ?? 0) + number);
  }
  return sums;
};

/** The sums of two numbers by month. */
export const joinMonths = (
  a: ReadonlyMap<UtcMonth, number>,
  b: ReadonlyMap<UtcMonth, number>,
): Map<UtcMonth, number> => {
  const sums = new Map(a);
  for (const [month, number] of b) sums.set(month, (sums.get(month) ?? 0) + number);
  return sums;
};

/** The months from `first` to `last`, both included; none if `first` is later. */
export const monthsBetween = (first: UtcMonth, last: UtcMonth): UtcMonth[] => {
  const from = monthNumber(first);
  const length = Math.max(0, monthNumber(last) - from + 1);
  return Array.from({ length }, (_, index) => monthOfNumber(from + index) ?? last);
};
