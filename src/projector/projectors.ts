import type { CommitChange } from '../domain/counter-store.ts';
import { setNewest } from '../domain/set-newest.ts';
import { inParallel } from '../runtime/in-parallel.ts';
import { createProjector, type Projected, type Projector } from './projector.ts';
import type { StreamBatch } from './stream-batch.ts';

/**
 * Counts the batches of one event, each about another counter, with one write for each. When it returns, all
 * are counted. When it throws, some may be: the event must be delivered again, and then they are duplicates.
 */
export type ProjectAll = (batches: readonly StreamBatch[]) => Promise<readonly Projected[]>;

/** How many counters are written at once. */
const WRITES_AT_ONCE = 16;

// A projector remembers its counter, of some kilobytes, only to save writes and to notice leaps.
const MOST_PROJECTORS = 1_000;

/** A projector for each counter, all of them over one store. */
export const createProjectors = (commitChange: CommitChange): ProjectAll => {
  const projectorOf = createMemory(commitChange);
  return async (batches) => {
    const begun = new Set<StreamBatch>();
    try {
      return await inParallel(batches, WRITES_AT_ONCE, (batch) => {
        begun.add(batch);
        return projectorOf(batch.counter).project(batch);
      });
    } catch (error) {
      const left = batches.filter((batch) => !begun.has(batch));
      for (const batch of left) projectorOf(batch.counter).noteFailure(batch);
      throw error;
    }
  };
};

const createMemory = (commitChange: CommitChange): ((counter: string) => Projector) => {
  const projectors = new Map<string, Projector>();
  return (counter) => {
    const known = projectors.get(counter) ?? createProjector(commitChange);
    setNewest(projectors, MOST_PROJECTORS, counter, known);
    return known;
  };
};
