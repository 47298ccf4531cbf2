import type { CommitChange } from '../domain/counter-store.ts';
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
  const projectors = new Map<string, Projector>();
  const projectorOf = (counter: string): Projector => {
    const known = projectors.get(counter) ?? createProjector(commitChange);
    // Last again, so that the first one is the one that was not used for longest.
    projectors.delete(counter);
    projectors.set(counter, known);
    for (const first of projectors.keys()) {
      if (projectors.size <= MOST_PROJECTORS) break;
      projectors.delete(first);
    }
    return known;
  };
  return async (batches) => {
    const notBegun = new Set(batches);
    const project = (batch: StreamBatch): Promise<Projected> => {
      notBegun.delete(batch);
      return projectorOf(batch.counter).project(batch);
    };
    try {
      return await inParallel(batches, WRITES_AT_ONCE, project);
    } catch (error) {
      // Otherwise a later event could move the checkpoint of such a counter beyond them.
      for (const batch of notBegun) projectorOf(batch.counter).noteFailure(batch);
      throw error;
    }
  };
};
