import type { Log } from '../runtime/log.ts';

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
 * The reading with its expiry: it is served while reading again would exceed the budget of
 * `unitsPerSecond`, but for a minute at most. The more a reading costs, the longer it is served.
 */
export const cacheReading = <Value>(
  reading: Reading<Value>,
  unitsPerSecond: number,
): CachedReading<Value> => {
  const { readAtMs, readUnits } = reading;
  const lifetimeMs = Math.min((readUnits / unitsPerSecond) * 1_000, MAX_AGE_MS);
  return { ...reading, expiresAtMs: readAtMs + lifetimeMs };
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
export const isServable = ({ readAtMs }: Reading<unknown>, nowMs: number): boolean =>
  nowMs - readAtMs <= MAX_AGE_MS;

export interface ReadingCacheDependencies<Value> {
  /** Reads as of `nowMs`, epoch milliseconds. Throws when it fails. */
  readonly read: (nowMs: number) => Promise<Omit<Reading<Value>, 'readAtMs' | 'readUntilMs'>>;
  readonly unitsPerSecond: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly log: Pick<Log, 'warn'>;
}

/**
 * The cached value if fresh, otherwise a new reading; never older than a minute. Throws when neither is
 * available.
 */
export type ReadThroughCache<Value> = () => Promise<CachedReading<Value>>;

/**
 * A read-through cache of one value. It reads only as often as the budget of read units allows, and
 * concurrent calls share one read. When a read fails, it serves the cached value until that is a minute
 * old, and then throws the error.
 */
export const createReadingCache = <Value>({
  read,
  unitsPerSecond,
  now,
  log,
}: ReadingCacheDependencies<Value>): ReadThroughCache<Value> => {
  let cached: CachedReading<Value> | undefined;
  let pending: Promise<CachedReading<Value>> | undefined;
  const readAgain = async (): Promise<CachedReading<Value>> => {
    const readAtMs = now();
    const answer = await read(readAtMs);
    const reading = { ...answer, readAtMs, readUntilMs: now() };
    // Lambda freezes a function between requests, possibly for minutes in the middle of a read.
    return isServable(reading, reading.readUntilMs)
      ? cacheReading(reading, unitsPerSecond)
      : readAgain();
  };
  const refresh = async (): Promise<CachedReading<Value>> => {
    try {
      cached = await readAgain();
    } catch (error) {
      cached = extendAfterFailure(cached, now());
      if (!cached) throw error;
      log.warn('Reading failed; the cached value is served', error as Error);
    }
    return cached;
  };
  return async () => {
    if (cached && isFresh(cached, now())) return cached;
    pending ??= refresh().finally(() => {
      pending = undefined;
    });
    return pending;
  };
};
