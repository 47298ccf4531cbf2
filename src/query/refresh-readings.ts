import type { Log } from '../runtime/log.ts';
import {
  type CachedReading,
  cacheReading,
  extendAfterFailure,
  isServable,
  type Reading,
} from './cached-reading.ts';
import type { KeptReadings } from './kept-readings.ts';

/** What was read of one counter. */
export type ReadValue<Value> = Pick<Reading<Value>, 'value' | 'readUnits'>;

export interface RefreshDependencies<Value> {
  /** Reads all of these counters as of `nowMs`, epoch milliseconds. Throws when it fails for one of them. */
  readonly read: (
    counters: readonly string[],
    nowMs: number,
  ) => Promise<ReadonlyMap<string, ReadValue<Value>>>;
  readonly unitsPerSecond: number;
  /** Whether to keep the reading of a counter; by default each is kept. */
  readonly isKept?: (counter: string, value: Value) => boolean;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly log: Pick<Log, 'warn'>;
}

/** What is served after a read: the readings, and the error that explains why others are missing. */
export interface Refreshed<Value> {
  readonly readings: ReadonlyMap<string, CachedReading<Value>>;
  readonly error?: unknown;
}

/** Reads counters, and keeps what it read. Never rejects. */
export type RefreshReadings<Value> = (counters: readonly string[]) => Promise<Refreshed<Value>>;

/** Reads with one request for all counters; when it fails, it extends what is kept of each. */
export const createRefreshReadings =
  <Value>(
    dependencies: RefreshDependencies<Value>,
    kept: KeptReadings<Value>,
  ): RefreshReadings<Value> =>
  async (counters) => {
    try {
      return {
        readings: keepReadings(dependencies, kept, await readTogether(dependencies, counters)),
      };
    } catch (error) {
      const readings = extendKept(kept, counters, dependencies.now());
      const { log } = dependencies;
      if (readings.size > 0) log.warn('Reading failed; the cached value is served', error as Error);
      return { readings, error };
    }
  };

const readTogether = async <Value>(
  { read, now }: Pick<RefreshDependencies<Value>, 'read' | 'now'>,
  counters: readonly string[],
): Promise<ReadonlyMap<string, Reading<Value>>> => {
  const readAtMs = now();
  const values = await read(counters, readAtMs);
  const times = { readAtMs, readUntilMs: now() };
  // Lambda freezes a function between requests, possibly for minutes in the middle of a read.
  return isServable(times, times.readUntilMs)
    ? new Map([...values].map(([counter, value]) => [counter, { ...value, ...times }]))
    : readTogether({ read, now }, counters);
};

const keepReadings = <Value>(
  { unitsPerSecond, isKept = () => true, now }: RefreshDependencies<Value>,
  kept: KeptReadings<Value>,
  readings: ReadonlyMap<string, Reading<Value>>,
): ReadonlyMap<string, CachedReading<Value>> => {
  const newUnits = [...readings.values()].reduce((sum, { readUnits }) => sum + readUnits, 0);
  const roundUnits = newUnits + kept.unitsWithout(readings, now());
  return new Map(
    [...readings].map(([counter, reading]) => {
      const cached = cacheReading(reading, roundUnits, unitsPerSecond);
      if (isKept(counter, reading.value)) kept.add(counter, cached);
      else kept.drop(counter);
      return [counter, cached];
    }),
  );
};

const extendKept = <Value>(
  kept: KeptReadings<Value>,
  counters: readonly string[],
  failedMs: number,
): ReadonlyMap<string, CachedReading<Value>> =>
  new Map(
    counters.flatMap((counter) => {
      const extended = extendAfterFailure(kept.get(counter), failedMs);
      if (!extended) return [];
      kept.update(counter, extended);
      return [[counter, extended]];
    }),
  );
