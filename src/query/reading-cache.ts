import { type CachedReading, isFresh } from './cached-reading.ts';
import { createKeptReadings } from './kept-readings.ts';
import {
  createRefreshReadings,
  type RefreshDependencies,
  type Refreshed,
} from './refresh-readings.ts';

export interface ReadingCacheDependencies<Value> extends RefreshDependencies<Value> {
  /** How many counters are kept; the reading of another one replaces the oldest. */
  readonly capacity: number;
}

/**
 * The cached value of a counter if fresh, otherwise a new reading; never older than a minute. Throws when neither
 * is available.
 */
export interface ReadThroughCache<Value> {
  readonly read: (counter: string) => Promise<CachedReading<Value>>;
  /** Several different counters; those that are not fresh are read together. */
  readonly readAll: (
    counters: readonly string[],
  ) => Promise<ReadonlyMap<string, CachedReading<Value>>>;
}

/**
 * A read-through cache of one value for each counter. Concurrent calls share the read of a counter. When a read
 * fails, it serves the cached value until that is a minute old, and then throws the error.
 *
 * All counters share one budget of `unitsPerSecond`. If each was read as often as a budget of its own allows, N
 * counters would cost N budgets. So a reading is served for as long as the budget takes to pay for a round: one
 * reading of each counter that was read within the last minute, at the units that it cost. Each counter is read at
 * most once a round, so the counters together cost at most the budget, and with one counter a round is one reading.
 * Two reads do not wait for the budget, because without them there is nothing to serve: that of a counter without
 * a reading, which makes the rounds longer from then on, and that of a counter whose reading is a minute old. So
 * beyond the budget, a counter costs at most one reading a minute, while no more than `capacity` are asked for.
 */
export const createReadingCache = <Value>(
  dependencies: ReadingCacheDependencies<Value>,
): ReadThroughCache<Value> => {
  const kept = createKeptReadings<Value>(dependencies.capacity);
  const refresh = createRefreshReadings(dependencies, kept);
  const pending = new Map<string, Promise<CachedReading<Value>>>();
  const freshOf = (counter: string, nowMs: number): CachedReading<Value> | undefined => {
    const reading = kept.get(counter);
    return reading && isFresh(reading, nowMs) ? reading : undefined;
  };
  const readOne = async (counter: string, nowMs: number, startRefresh: StartRefresh<Value>) => {
    const fresh = freshOf(counter, nowMs);
    if (fresh) return fresh;
    const forget = () => pending.delete(counter);
    const reading = pending.get(counter) ?? takeFrom(startRefresh(), counter).finally(forget);
    pending.set(counter, reading);
    return reading;
  };
  const readAll = async (counters: readonly string[]) => {
    const nowMs = dependencies.now();
    const isMissing = (counter: string) => !freshOf(counter, nowMs) && !pending.has(counter);
    const startRefresh = onceNeeded(() => refresh(counters.filter(isMissing)));
    const entries = counters.map(
      async (counter) => [counter, await readOne(counter, nowMs, startRefresh)] as const,
    );
    return new Map(await Promise.all(entries));
  };
  return {
    read: (counter) => readOne(counter, dependencies.now(), () => refresh([counter])),
    readAll,
  };
};

type StartRefresh<Value> = () => Promise<Refreshed<Value>>;

const onceNeeded = <Value>(create: () => Value): (() => Value) => {
  let created: Value | undefined;
  return () => {
    created ??= create();
    return created;
  };
};

const takeFrom = async <Value>(
  refreshed: Promise<Refreshed<Value>>,
  counter: string,
): Promise<CachedReading<Value>> => {
  const { readings, error } = await refreshed;
  const reading = readings.get(counter);
  if (reading) return reading;
  throw error;
};
