import { type ByCounter, mapCounters } from '../domain/by-counter.ts';
import type { RowCounts } from '../domain/row-counts.ts';
import { AuditError } from './audit-error.ts';
import {
  abortAll,
  abortOnFailure,
  type BegunDependencies,
  type BegunRebuilds,
  beginRebuilds,
  type RebuildingCounter,
  readDuringRebuild,
} from './begun-rebuilds.ts';
import { ofCounter } from './of-counter.ts';
import { type AllReadings, readRows } from './read-rows.ts';

export interface CutoffDependencies extends BegunDependencies {
  /**
   * How long after its first visit a row may still be written, in milliseconds: the timeout of ingest plus
   * the difference between its clock and DynamoDB's.
   */
  readonly marginMs: number;
}

/** The cutoff of a rebuild that each of its counters holds. */
export interface Cutoff {
  /** ISO 8601 UTC; identifies the rebuild in each counter. */
  readonly at: string;
  /**
   * The counters of the rebuild, and for each the rows dated on the day of the cutoff, at or after it, that were
   * counted before the rebuild began.
   */
  readonly countedAhead: ByCounter<number>;
}

const MAX_ATTEMPTS = 5;
// A rebuild must end within a day, and scans the rows three times.
const MAX_LEAD_MS = 6 * 3_600_000;

/**
 * Begins a rebuild of all counters with a cutoff in the near future, aborting those that were left behind, and
 * finds out how many rows dated after the cutoff are already counted (imported local times, or an ingest clock
 * that was ahead). Throws an AuditError when that cannot be determined; then its rebuilds are aborted.
 */
export const establishCutoff = async (dependencies: CutoffDependencies): Promise<Cutoff> => {
  const { marginMs } = dependencies;
  let last: CutoffAttempt = { leadMs: marginMs, withoutItem: [] };
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    last = await tryCutoff(last, dependencies);
    if (last.cutoff) return last.cutoff;
  }
  const { unsteady, left } = last;
  if (left) await abortAll(left.cutoff, left.names, dependencies);
  throw new AuditError(unsteady === undefined ? TOO_SLOW : unsteadyMessage(unsteady, marginMs));
};

interface CutoffAttempt {
  readonly cutoff?: Cutoff;
  /** How far ahead the next attempt must set its cutoff, in milliseconds. */
  readonly leadMs: number;
  /** Counters that have rows but no item, which the next attempt must begin as well. */
  readonly withoutItem: readonly string[];
  /** The rebuilds that one of its counters could not begin in time; the next attempt aborts them. */
  readonly left?: BegunRebuilds;
  /** A counter of which a row dated after the cutoff was added or deleted during the scan. */
  readonly unsteady?: string | undefined;
}

const tryCutoff = async (
  { leadMs, withoutItem }: CutoffAttempt,
  dependencies: CutoffDependencies,
): Promise<CutoffAttempt> => {
  const { now, marginMs } = dependencies;
  const begunAt = now();
  const { cutoff, names, isBegun } = await beginRebuilds(leadMs, withoutItem, dependencies);
  const isAhead = (): boolean => now() < Date.parse(cutoff);
  if (!isBegun || !isAhead()) return { leadMs, withoutItem, left: { cutoff, names } };
  return abortOnFailure({ cutoff, names }, dependencies, async () => {
    const { countedAhead, ...found } = await countAhead(cutoff, names, dependencies);
    const isComplete = found.unsteady === undefined && found.withoutItem.length === 0;
    if (isComplete && isAhead()) return { cutoff: { at: cutoff, countedAhead }, leadMs, ...found };
    await abortAll(cutoff, names, dependencies);
    // The scan may have taken longer than the lead.
    const neededMs = Math.min(marginMs + 2 * (now() - begunAt), MAX_LEAD_MS);
    return { ...found, leadMs: Math.max(leadMs, neededMs) };
  });
};

type CountedAhead = Pick<Cutoff, 'countedAhead'> & Pick<CutoffAttempt, 'unsteady' | 'withoutItem'>;

/**
 * Scans the rows before the cutoff is reached, so that rows dated after it are not current visits. Each counter
 * separately counts those added since its rebuild began; the others were counted before.
 */
const countAhead = async (
  cutoff: string,
  names: readonly string[],
  dependencies: CutoffDependencies,
): Promise<CountedAhead> => {
  const read = () => readDuringRebuild({ cutoff, names }, dependencies);
  const readings = await readRows(dependencies, Date.parse(cutoff), read);
  const { rows, after } = readings;
  const unsteady = names.find((counter) => !isSteady(counter, readings));
  const countedAhead = mapCounters(after, ({ rebuild: { started, removed } }, counter) => {
    const since = rows.get(counter)?.sinceCutoff ?? 0;
    return since - (started - removed);
  });
  return { countedAhead, unsteady, withoutItem: await findWithoutItem(rows, names, dependencies) };
};

const isSteady = (counter: string, { before, after }: AllReadings<RebuildingCounter>): boolean => {
  const [was, is] = [before.get(counter)?.rebuild, after.get(counter)?.rebuild];
  return was?.started === is?.started && was?.removed === is?.removed;
};

/**
 * The counters that have rows, but no item although the rows are counted: it was deleted. A counter that had its
 * first visit meanwhile has an item; it is left to the next rebuild.
 */
const findWithoutItem = async (
  rows: ByCounter<RowCounts>,
  names: readonly string[],
  { readCounters }: CutoffDependencies,
): Promise<string[]> => {
  const others = [...rows.keys()].filter((counter) => !names.includes(counter));
  if (others.length === 0) return [];
  const counters = await readCounters();
  return others.filter((counter) => !counters.has(counter));
};

const TOO_SLOW = 'The rebuild could not begin: DynamoDB is slow, or another rebuild is beginning';

const unsteadyMessage = (counter: string, marginMs: number): string =>
  `Rows${ofCounter(counter)} dated more than ${marginMs / 1000} s ahead of DynamoDB's clock keep arriving, so they ` +
  'cannot be distinguished from rows that are already counted. Stop the import, or set --margin above the ' +
  'difference between the clocks of ingest and DynamoDB';
