/** What was read from the tables, when, and what it took. */
export interface Reading<Value> {
  readonly value: Value;
  /** When it was asked for, epoch milliseconds: the value is no older. */
  readonly askedMs: number;
  /** Read units that it consumed. */
  readonly readUnits: number;
}

/** A reading that is served until it is time to ask again. */
export interface KeptReading<Value> extends Reading<Value> {
  /** Epoch milliseconds. */
  readonly askAgainMs: number;
}

/** How old a reading may become, whatever it took to get it, and whatever fails. */
export const MAX_AGE_MS = 60_000;

// While reading fails, who is waiting for an answer pays for the attempts.
const RETRY_MS = 1_000;

/**
 * The reading, to be served for as long as it uses up a budget of `unitsPerSecond`: what is cheap
 * is asked for often, what is dear seldom, and both at least once a minute.
 */
export const keepReading = <Value>(
  reading: Reading<Value>,
  unitsPerSecond: number,
): KeptReading<Value> => {
  const { askedMs, readUnits } = reading;
  const restMs = Math.min((readUnits / unitsPerSecond) * 1_000, MAX_AGE_MS);
  return { ...reading, askAgainMs: askedMs + restMs };
};

/**
 * What is served after asking again has failed at `failedMs` (epoch milliseconds): the last
 * reading, for a second more but never older than a minute; undefined when it is, or when there is
 * none.
 */
export const keepAfterFailure = <Value>(
  last: KeptReading<Value> | undefined,
  failedMs: number,
): KeptReading<Value> | undefined =>
  last && isServable(last, failedMs)
    ? { ...last, askAgainMs: Math.min(failedMs + RETRY_MS, last.askedMs + MAX_AGE_MS) }
    : undefined;

/** Whether it is too early to ask again. A clock that was set back is no reason to wait for it. */
export const isKept = ({ askedMs, askAgainMs }: KeptReading<unknown>, nowMs: number): boolean =>
  askedMs <= nowMs && nowMs < askAgainMs;

/** Whether a reading is young enough to be told to anyone. */
export const isServable = ({ askedMs }: Reading<unknown>, nowMs: number): boolean =>
  nowMs - askedMs <= MAX_AGE_MS;
