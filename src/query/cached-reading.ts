/** A value read from the tables, with its time and its cost. */
export interface Reading<Value> {
  readonly value: Value;
  /** When the request was sent, epoch milliseconds; the value is not older. */
  readonly readAtMs: number;
  /** When the response had arrived, epoch milliseconds; the value is not newer. */
  readonly readUntilMs: number;
  /** Read units that it consumed. */
  readonly readUnits: number;
}

/** A reading that is served until it expires. */
export interface CachedReading<Value> extends Reading<Value> {
  /** Epoch milliseconds. */
  readonly expiresAtMs: number;
}

/** The maximum age of a served reading, whatever it cost and whatever fails. */
export const MAX_AGE_MS = 60_000;

// While reads fail, every attempt makes a caller wait.
const RETRY_MS = 1_000;

/**
 * The reading with its expiry: it is served for as long as a budget of `unitsPerSecond` takes to pay for a round,
 * which is one reading of each counter and costs `roundUnits`, but for a minute at most.
 */
export const cacheReading = <Value>(
  reading: Reading<Value>,
  roundUnits: number,
  unitsPerSecond: number,
): CachedReading<Value> => {
  const lifetimeMs = Math.min((roundUnits / unitsPerSecond) * 1_000, MAX_AGE_MS);
  return { ...reading, expiresAtMs: reading.readAtMs + lifetimeMs };
};

/**
 * What to serve after a read failed at `failedMs` (epoch milliseconds): the last reading for another
 * second, but never older than a minute; undefined when there is no such reading.
 */
export const extendAfterFailure = <Value>(
  last: CachedReading<Value> | undefined,
  failedMs: number,
): CachedReading<Value> | undefined =>
  last && isServable(last, failedMs)
    ? { ...last, expiresAtMs: Math.min(failedMs + RETRY_MS, last.readAtMs + MAX_AGE_MS) }
    : undefined;

/** Whether a reading has not expired. A reading from the future (the clock was set back) has expired. */
export const isFresh = (
  { readAtMs, expiresAtMs }: CachedReading<unknown>,
  nowMs: number,
): boolean => readAtMs <= nowMs && nowMs < expiresAtMs;

/** Whether a reading is recent enough to be served at all. */
export const isServable = (
  { readAtMs }: Pick<Reading<unknown>, 'readAtMs'>,
  nowMs: number,
): boolean => nowMs - readAtMs <= MAX_AGE_MS;
