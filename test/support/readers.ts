import { type Counter, EMPTY_COUNTER } from '../../src/domain/counter.ts';
import type { CachedReading } from '../../src/query/cached-reading.ts';
import type { Readers } from '../../src/query/readers.ts';
import type { ReadThroughCache } from '../../src/query/reading-cache.ts';
import { NOW_MS } from './stream-records.ts';

type Given<Value> = Partial<CachedReading<Value>> & Pick<CachedReading<Value>, 'value'>;

/** Readers that return these readings for each counter, by default of `NOW_MS` and never to be served again. */
export const readersOf = ({
  counter = { value: EMPTY_COUNTER },
  active = { value: 0 },
}: {
  readonly counter?: Given<Counter>;
  readonly active?: Given<number>;
}): Readers => ({ counter: alwaysRead(counter), active: alwaysRead(active) });

const alwaysRead = <Value>(given: Given<Value>): ReadThroughCache<Value> => {
  const { readAtMs = NOW_MS } = given;
  const reading = {
    ...{ readAtMs, readUntilMs: readAtMs, readUnits: 0, expiresAtMs: readAtMs },
    ...given,
  };
  return {
    read: async () => reading,
    readAll: async (counters) => new Map(counters.map((one) => [one, reading])),
  };
};
