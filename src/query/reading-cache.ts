import type { Log } from '../runtime/log.ts';

/** What was read from the tables, when, and what it cost. */
export interface Reading<Value> {
  readonly value: Value;
  /** When the request was sent, epoch milliseconds: the value is no older. */
  readonly readAtMs: number;
  /** Read units that it consumed. */
  readonly readUnits: number;
}

/** A reading that is served until it expires. */
export interface CachedReading<Value> extends Reading<Value> {
  /** Epoch milliseconds. */
  readonly expiresAtMs: number;
}

/** How old a served reading may be at most, whatever it cost and whatever fails. */
export const MAX_AGE_MS = 60_000;

// While reads fail, a caller waits for each attempt.
const RETRY_MS = 1_000;

/**
 * The reading with its expiry: it is served for as long as reading it again would exceed a budget of
 * `unitsPerSecond`, and for a minute at most. A cheap reading expires soon, an expensive one late.
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
 * What is served after a read failed at `failedMs` (epoch milliseconds): the last reading, for another
 * second but never older than a minute; undefined when there is none that young.
 */
export const extendAfterFailure = <Value>(
  last: CachedReading<Value> | undefined,
  failedMs: number,
): CachedReading<Value> | undefined =>
  last && isServable(last, failedMs)
    ? { ...last, expiresAtMs: Math.min(failedMs + RETRY_MS, last.readAtMs + MAX_AGE_MS) }
    : undefined;

/** Whether a reading has not expired. One from the future, by a clock that was set back, has. */
export const isFresh = (
  { readAtMs, expiresAtMs }: CachedReading<unknown>,
  nowMs: number,
): boolean => readAtMs <= nowMs && nowMs < expiresAtMs;

/** Whether a reading is young enough to be served at all. */
export const isServable = ({ readAtMs }: Reading<unknown>, nowMs: number): boolean =>
  nowMs - readAtMs <= MAX_AGE_MS;

export interface ReadingCacheDependencies<Value> {
  /** Reads as of `nowMs`, epoch milliseconds. Throws when it cannot. */
  readonly read: (nowMs: number) => Promise<Omit<Reading<Value>, 'readAtMs'>>;
  readonly unitsPerSecond: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly log: Pick<Log, 'warn'>;
}

/** Reads a value, or serves the cached one, never older than a minute. Throws when it can do neither. */
export type ReadThroughCache<Value> = () => Promise<CachedReading<Value>>;

/**
 * A read-through cache of one value: it reads again only as often as the budget of read units allows.
 * Concurrent calls share one read. When a read fails, the cached value is served until it is a minute
 * old; after that the error is thrown.
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
    const reading = { ...(await read(readAtMs)), readAtMs };
    // Lambda freezes a function between two requests, for minutes, and with it what it reads.
    return isServable(reading, now()) ? cacheReading(reading, unitsPerSecond) : readAgain();
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
