import { createByCounter } from './by-counter.ts';
import type { CommitChange } from './counter-store.ts';
import { createMemoryCounter, type MemoryCounter } from './memory-counter.ts';

/** Stores of several counters in memory; each is empty at first. */
export interface MemoryCounters {
  readonly commitChange: CommitChange;
  /** The store of the counter with this name. */
  readonly of: (counter: string) => MemoryCounter;
  /** The names of the counters that were written or asked for. */
  readonly names: () => string[];
}

/** No counter yet. */
export const createMemoryCounters = (): MemoryCounters => {
  const { of, created } = createByCounter(() => createMemoryCounter());
  return {
    of,
    commitChange: (change) => of(change.counter).commitChange(change),
    names: () => [...created.keys()],
  };
};
