import type { CommitChange } from '../domain/counter-store.ts';
import { setNewest } from '../domain/set-newest.ts';
import { inParallel } from '../runtime/in-parallel.ts';
import { createLeapGuard, LeapedRecordsError } from './leap-guard.ts';
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

// A projector remembers its counter, of some kilobytes, only to save writes.
const MOST_PROJECTORS = 1_000;

/** A projector for each counter, all of them over one store and with one guard. */
export const createProjectors = (commitChange: CommitChange): ProjectAll => {
  const guard = createLeapGuard();
  const projectorOf = createMemory(() => createProjector(commitChange, guard));
  return async (batches) => {
    const work = batches.map((batch) => ({ batch, projector: projectorOf(batch.counter) }));
    const neitherRefusedNorCounted = new Set(batches);
    const settle = (batch: StreamBatch): boolean => neitherRefusedNorCounted.delete(batch);
    try {
      const leapt = await checkLeaps(work, settle);
      const counted = await countAll(work, settle);
      return counted.map((result, place) => ({ ...result, leapt: leapt[place] === true }));
    } catch (error) {
      // Those that were not begun, too: no later event may leap over them.
      for (const batch of neitherRefusedNorCounted) guard.noteFailure(batch);
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
const checkLeaps = async (
  work: readonly Work[],
  onRefused: (batch: StreamBatch) => void,
): Promise<boolean[]> => {
  const refusals: LeapedRecordsError[] = [];
  const leapt = await inParallel(work, WRITES_AT_ONCE, ({ batch, projector }) =>
    projector.checkLeap(batch).catch((error: unknown) => {
      if (!(error instanceof LeapedRecordsError)) throw error;
      refusals.push(error);
      onRefused(batch);
      return true;
    }),
  );
  if (refusals[0]) throw refusals[0];
  return leapt;
};

const countAll = (
  work: readonly Work[],
  onCounted: (batch: StreamBatch) => void,
): Promise<Counted[]> =>
  inParallel(work, WRITES_AT_ONCE, async ({ batch, projector }) => {
    const counted = await projector.count(batch);
    onCounted(batch);
    return counted;
  });

const createMemory = (createOne: () => Projector): ((counter: string) => Projector) => {
  const projectors = new Map<string, Projector>();
  return (counter) => {
    const known = projectors.get(counter) ?? createOne();
    setNewest(projectors, MOST_PROJECTORS, counter, known);
    return known;
  };
};
