/** A calendar day in UTC, `YYYY-MM-DD`; its text sorts by time. */
export type UtcDay = string;

/** Milliseconds in a day of UTC, which has no daylight saving. */
export const DAY_MS = 86_400_000;

// With a zone, or the projector and the operator's machine would read two instants, and two days.
const ISO_TIMESTAMP = /^\d{4}-\d{2}-\d{2}T.+(?:Z|[+-]\d{2}:?\d{2})$/;
// A day behind it would sort before all others.
const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z');

/** The UTC day that holds the instant `epochMs`; throws a RangeError outside JavaScript's dates. */
export const utcDay = (epochMs: number): UtcDay => new Date(epochMs).toISOString().slice(0, 10);

/** How many days of UTC lie between 1970-01-01 and the one that holds the instant `epochMs`. */
export const dayNumber = (epochMs: number): number => Math.floor(epochMs / DAY_MS);

/** The day of that number; throws a RangeError outside JavaScript's dates. */
export const utcDayOfNumber = (number: number): UtcDay => utcDay(number * DAY_MS);

/**
 * Adds `count` to the number of `day`, by its date or its own number; it starts at 0, and an unknown
 * day has none.
 */
export const addToDay = <Day extends UtcDay | number>(
  numbers: Map<Day, number>,
  day: Day | undefined,
  count: number,
): void => {
  if (day !== undefined) numbers.set(day, (numbers.get(day) ?? 0) + count);
};

/**
 * The epoch millisecond of an ISO 8601 timestamp that names its zone, or undefined when `text` is none
 * or lies behind the year 9999, UTC.
 */
export const parseInstant = (text: unknown): number | undefined => {
  if (typeof text !== 'string' || !ISO_TIMESTAMP.test(text)) return undefined;
  const epochMs = Date.parse(text);
  return Number.isNaN(epochMs) || epochMs > LAST_MS ? undefined : epochMs;
};

/** The sum of the numbers of these days. */
export const sumDays = (
  numbers: ReadonlyMap<UtcDay, number>,
  isIn: (day: UtcDay) => boolean = () => true,
): number => [...numbers].reduce((sum, [day, number]) => (isIn(day) ? sum + number : sum), 0);
