import { setNewest } from '../domain/set-newest.ts';
import { type CachedReading, isServable } from './cached-reading.ts';

/** The last reading of each counter, by its name. */
export interface KeptReadings<Value> {
  readonly get: (counter: string) => CachedReading<Value> | undefined;
  /** Keeps a new reading, as the newest. */
  readonly add: (counter: string, reading: CachedReading<Value>) => void;
  /** Changes how long a kept reading is served. */
  readonly update: (counter: string, reading: CachedReading<Value>) => void;
  readonly drop: (counter: string) => void;
  /** The read units of one reading of each kept counter, except for these. */
  readonly unitsWithout: (counters: ReadonlyMap<string, unknown>, nowMs: number) => number;
}

/**
 * Keeps at most `capacity` readings: another one replaces the oldest. Readings that are too old to be served are
 * dropped as well, the next time that their units are asked for.
 */
export const createKeptReadings = <Value>(capacity: number): KeptReadings<Value> => {
  // From the oldest to the newest.
  const readings = new Map<string, CachedReading<Value>>();
  const dropTooOld = (nowMs: number): void => {
    for (const [counter, reading] of readings) {
      if (isServable(reading, nowMs)) return;
      readings.delete(counter);
    }
  };
  return {
    get: (counter) => readings.get(counter),
    add: (counter, reading) => setNewest(readings, capacity, counter, reading),
    update: (counter, reading) => void readings.set(counter, reading),
    drop: (counter) => void readings.delete(counter),
    unitsWithout: (counters, nowMs) => {
      dropTooOld(nowMs);
      return [...readings]
        .filter(([counter]) => !counters.has(counter))
        .reduce((sum, [, { readUnits }]) => sum + readUnits, 0);
    },
  };
};
