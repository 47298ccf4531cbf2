import type { CommitChange } from '../domain/counter-store.ts';
import { setNewest } from '../domain/set-newest.ts';
import { inParallel } from '../runtime/in-parallel.ts';
import { createLeapGuard } from './leap-guard.ts';
import { createProjector, type Project, type Projected } from './projector.ts';
import type { StreamBatch } from './stream-batch.ts';

/**
 * Counts the batches of one event, each about another counter, with one write for each. When it returns, all
 * are counted. When it throws, some may be: the event must be delivered again, and then they are duplicates.
 */
export type ProjectAll = (batches: readonly StreamBatch[]) => Promise<readonly Projected[]>;

/** How many counters are written at once. */
const WRITES_AT_ONCE = 16;

// A projector remembers its counter, of some kilobytes, only to save writes.
const MOST_PROJECTORS = 1_000;

/** A projector for each counter, all of them over one store. */
export const createProjectors = (commitChange: CommitChange): ProjectAll => {
  const guard = createLeapGuard();
  const projectorOf = createMemory(() => createProjector(commitChange, guard));
  return async (batches) => {
    const begun = new Set<StreamBatch>();
    try {
      return await inParallel(batches, WRITES_AT_ONCE, (batch) => {
        begun.add(batch);
        return projectorOf(batch.counter)(batch);
      });
    } catch (error) {
      // These were not counted either, so no later event may leap over them.
      const left = batches.filter((batch) => !begun.has(batch) && !guard.isSuspect(batch));
      for (const batch of left) guard.noteFailure(batch);
      throw error;
    }
  };
};

const createMemory = (createOne: () => Project): ((counter: string) => Project) => {
  const projectors = new Map<string, Project>();
  return (counter) => {
    const known = projectors.get(counter) ?? createOne();
    setNewest(projectors, MOST_PROJECTORS, counter, known);
    return known;
  };
};
