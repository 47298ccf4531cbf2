/** A calendar day in UTC, `YYYY-MM-DD`; its text sorts by time. */
export type UtcDay = string;

/** Milliseconds in a day of UTC, which has no daylight saving. */
export const DAY_MS = 86_400_000;

const ISO_TIMESTAMP = /^\d{4}-\d{2}-\d{2}T/;

/** The UTC day that holds the instant `epochMs`; throws a RangeError outside JavaScript's dates. */
export const utcDay = (epochMs: number): UtcDay => new Date(epochMs).toISOString().slice(0, 10);

/** Adds `count` to the number of `day`, which starts at 0; an unknown day has none. */
export const addToDay = (
  numbers: Map<UtcDay, number>,
  day: UtcDay | undefined,
  count: number,
): void => {
  if (day) numbers.set(day, (numbers.get(day) ?? 0) + count);
};

/** The epoch millisecond of an ISO 8601 timestamp, or undefined when `text` is not one. */
export const parseInstant = (text: unknown): number | undefined => {
  if (typeof text !== 'string' || !ISO_TIMESTAMP.test(text)) return undefined;
  const epochMs = Date.parse(text);
  return Number.isNaN(epochMs) ? undefined : epochMs;
};
