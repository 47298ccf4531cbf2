import { activeWindow } from '../domain/active-window.ts';
import type { Counter } from '../domain/counter.ts';
import type { CachedReading } from './cached-reading.ts';
import type { ReadThroughCache } from './reading-cache.ts';

export interface UnvisitedCountersDependencies {
  readonly counter: ReadThroughCache<Pick<Counter, 'total'>>;
  readonly active: ReadThroughCache<number>;
  /** Whether a pattern admits the name, so that anybody may have invented it. */
  readonly isMatched: (counter: string) => boolean;
  readonly activeWindowMinutes: number;
}

/**
 * The reader of active sessions that does not read those of a matched name while its total is 0: they are 0, and
 * they lack every session of the active window. The read of the counter is that of the same request, because
 * concurrent calls share it.
 */
export const withoutUnvisited = ({
  counter,
  active,
  isMatched,
  activeWindowMinutes,
}: UnvisitedCountersDependencies): ReadThroughCache<number> => {
  const nobodyIn = ({ readAtMs, readUnits }: CachedReading<unknown>): CachedReading<number> => {
    const lackedSince = Date.parse(activeWindow(readAtMs, activeWindowMinutes).from);
    return { value: 0, readAtMs, readUntilMs: lackedSince, readUnits, expiresAtMs: readAtMs };
  };
  const readAll = async (names: readonly string[]) => {
    const matched = [...(await counter.readAll(names.filter(isMatched)))];
    const unvisited = new Map(
      matched
        .filter(([, { value }]) => value.total === 0)
        .map(([name, reading]) => [name, nobodyIn(reading)]),
    );
    // All together, so that each is served for as long as the others.
    const visited = await active.readAll(names.filter((name) => !unvisited.has(name)));
    return new Map([...visited, ...unvisited]);
  };
  const read = async (name: string) => {
    if (!isMatched(name)) return active.read(name);
    const reading = await counter.read(name);
    return reading.value.total === 0 ? nobodyIn(reading) : active.read(name);
  };
  return { read, readAll };
};
