/** A calendar day in UTC, `YYYY-MM-DD`; sorts chronologically as text. */
export type UtcDay = string;

/** Milliseconds in a UTC day, which has no daylight saving time. */
export const DAY_MS = 86_400_000;

// The zone is required, or the projector and the operator's machine would parse different instants and days.
const ISO_TIMESTAMP = /^\d{4}-\d{2}-\d{2}T.+(?:Z|[+-]\d{2}:?\d{2})$/;
// Other years have six digits and a sign: their days would sort before all others, and could not be stored.
const FIRST_MS = Date.parse('0000-01-01T00:00:00.000Z');
const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z');

/** The last second of the year 9999, in epoch seconds; no time of a record is later. */
export const LAST_SECOND = Math.floor(LAST_MS / 1000);

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Whether `value` is a day of the calendar, `YYYY-MM-DD`. */
export const isUtcDay = (value: unknown): value is UtcDay => {
  if (typeof value !== 'string' || !DAY.test(value)) return false;
  const startMs = Date.parse(`${value}T00:00:00.000Z`);
  // Date.parse takes 30 February for 1 March.
  return !Number.isNaN(startMs) && utcDay(startMs) === value;
};

/** The UTC day of the instant `epochMs`; throws a RangeError outside JavaScript's date range. */
export const utcDay = (epochMs: number): UtcDay => new Date(epochMs).toISOString().slice(0, 10);

/** The number of UTC days from 1970-01-01 to the day of the instant `epochMs`. */
export const dayNumber = (epochMs: number): number => Math.floor(epochMs / DAY_MS);

/**
 * Numbers by day number, as numbers by day; throws a RangeError outside JavaScript's date range. Counting by
 * day number is cheaper: formatting a date for each event or row would be a third of the whole work.
 */
export const byUtcDay = (numbers: ReadonlyMap<number, number>): Map<UtcDay, number> =>
  new Map([...numbers].map(([number, count]) => [utcDay(number * DAY_MS), count]));

/**
 * Adds `count` to the number of `day`, which is a date or a day number; a new day starts at 0. Ignores an
 * unknown day.
 */
export const addToDay = <Day extends UtcDay | number>(
  numbers: Map<Day, number>,
  day: Day | undefined,
  count: number,
): void => {
  if (day !== undefined) numbers.set(day, (numbers.get(day) ?? 0) + count);
};

/**
 * The epoch milliseconds of an ISO 8601 timestamp with a zone; undefined when `text` is not one, or is
 * not in the years 0 to 9999 UTC.
 */
export const parseInstant = (text: unknown): number | undefined => {
  if (typeof text !== 'string' || !ISO_TIMESTAMP.test(text)) return undefined;
  const epochMs = Date.parse(text);
  return epochMs >= FIRST_MS && epochMs <= LAST_MS ? epochMs : undefined;
};

/** The sum over all days, or over those that `isIn` accepts. */
export const sumDays = (
  numbers: ReadonlyMap<UtcDay, number>,
  isIn: (day: UtcDay) => boolean = () => true,
): number => [...numbers].reduce((sum, [day, number]) => (isIn(day) ? sum + number : sum), 0);
