import type { CommitChange } from '../domain/counter-store.ts';
import { inParallel } from '../runtime/in-parallel.ts';
import { LeapedRecordsError } from './leap-guard.ts';
import { type Counted, createProjector, type Projector } from './projector.ts';
import type { StreamBatch } from './stream-batch.ts';

/** The result of the batch of one counter. */
export interface Projected extends Counted {
  /** Whether it was counted although earlier records failed and were never delivered again. */
  readonly leapt: boolean;
}

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
  const projectorOf = createProjectorMemory(commitChange);
  return async (batches) => {
    const work = batches.map((batch) => ({ batch, projector: projectorOf(batch.counter) }));
    const notCounted = new Set(work);
    try {
      const leapt = await checkLeaps(work);
      const counted = await countAll(work, (one) => notCounted.delete(one));
      return counted.map((result, place) => ({ ...result, leapt: leapt[place] === true }));
    } catch (error) {
      // Those that were not begun, too: a later event must not move the checkpoint of their counters beyond them.
      const failed = error instanceof LeapedRecordsError ? [] : notCounted;
      for (const { batch, projector } of failed) projector.noteFailure(batch);
      throw error;
    }
  };
};

interface Work {
  readonly batch: StreamBatch;
  readonly projector: Projector;
}

// All of them before any is counted, and after a refusal the others as well: otherwise each attempt would use up the
// refusals of a few counters only, and an event about many would be refused hundreds of times.
const checkLeaps = async (work: readonly Work[]): Promise<boolean[]> => {
  const refusals: LeapedRecordsError[] = [];
  const leapt = await inParallel(work, WRITES_AT_ONCE, ({ batch, projector }) =>
    projector.checkLeap(batch).catch((error: unknown) => {
      if (!(error instanceof LeapedRecordsError)) throw error;
      refusals.push(error);
      return true;
    }),
  );
  if (refusals[0]) throw refusals[0];
  return leapt;
};

const countAll = (work: readonly Work[], onCounted: (one: Work) => void): Promise<Counted[]> =>
  inParallel(work, WRITES_AT_ONCE, async (one) => {
    const counted = await one.projector.count(one.batch);
    onCounted(one);
    return counted;
  });

const createProjectorMemory = (commitChange: CommitChange) => {
  const projectors = new Map<string, Projector>();
  return (counter: string): Projector => {
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
};
