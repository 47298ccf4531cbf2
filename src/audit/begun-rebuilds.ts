import type { ByCounter } from '../domain/by-counter.ts';
import type { Counter, RunningRebuild } from '../domain/counter.ts';
import { SITE } from '../domain/counter-name.ts';
import type { RebuildStore } from '../domain/rebuild.ts';
import { inParallel } from '../runtime/in-parallel.ts';
import { AuditError } from './audit-error.ts';
import { ofCounter } from './of-counter.ts';
import type { ReadRowsDependencies } from './read-rows.ts';
import { assertNoUndo } from './without-undo.ts';

export interface BegunDependencies extends ReadRowsDependencies {
  /** The writes of a rebuild to the counter with this name. */
  readonly storeOf: (counter: string) => RebuildStore;
}

/** How many counters are written at once. */
export const AT_ONCE = 16;

/** The counters in which a rebuild of one cutoff was begun. */
export interface BegunRebuilds {
  readonly cutoff: string;
  readonly names: readonly string[];
}

/**
 * Begins a rebuild with a cutoff `leadMs` milliseconds ahead in every counter that has an item, and in those of
 * these names. `isBegun` says whether all of them hold it. Throws an AuditError when a retract or a restore is
 * running in one of them, and what its dependencies throw.
 */
export const beginRebuilds = async (
  leadMs: number,
  withoutItem: readonly string[],
  { storeOf, readCounters, now }: BegunDependencies,
): Promise<BegunRebuilds & { readonly isBegun: boolean }> => {
  const counters = await readCounters();
  const names = [...new Set([...counters.keys(), ...withoutItem])];
  // A leftover rebuild is never continued: it is unknown whether it began before its cutoff.
  await inParallel([...counters], AT_ONCE, async ([counter, { rebuild }]) => {
    if (rebuild) await storeOf(counter).abortRebuild(rebuild.cutoff);
  });
  assertNoUndo(counters);
  const lastCutoffs = new Set([...counters.values()].map(({ lastCutoff }) => lastCutoff));
  const cutoff = uniqueCutoff(now() + leadMs, lastCutoffs);
  await inParallel(names, AT_ONCE, (counter) =>
    storeOf(counter).beginRebuild(cutoff, counters.get(counter)?.lastCutoff),
  );
  const begun = await readCounters();
  const isBegun = names.every((counter) => begun.get(counter)?.rebuild?.cutoff === cutoff);
  return { cutoff, names, isBegun };
};

// Two rebuilds of a counter must not have the same cutoff: the process of the first would continue on the second
// rebuild, and mistake the counts since the second began for its own.
const uniqueCutoff = (cutoffMs: number, lastCutoffs: ReadonlySet<string | undefined>): string => {
  const cutoff = new Date(cutoffMs).toISOString();
  return lastCutoffs.has(cutoff) ? uniqueCutoff(cutoffMs + 1, lastCutoffs) : cutoff;
};

/** A counter with a running rebuild. */
export type RebuildingCounter = Counter & { readonly rebuild: RunningRebuild };

/**
 * The current counters of a rebuild. Throws an AuditError when the rebuild of this cutoff is no longer running in
 * one of them.
 */
export const readDuringRebuild = async (
  { cutoff, names }: BegunRebuilds,
  { readCounters }: Pick<BegunDependencies, 'readCounters'>,
): Promise<ByCounter<RebuildingCounter>> => {
  const counters = await readCounters();
  return new Map(
    names.map((name) => {
      const counter = counters.get(name);
      if (counter?.rebuild?.cutoff !== cutoff) throw rebuildLost(name);
      return [name, { ...counter, rebuild: counter.rebuild }];
    }),
  );
};

/** The error of a rebuild that was replaced by another one or missed its deadline, or whose counter was dropped. */
export const rebuildLost = (counter: string): AuditError => {
  const dropped = counter === SITE ? '' : ' the counter was dropped,';
  return new AuditError(
    `Another rebuild${ofCounter(counter)} replaced this one,${dropped} or it took longer than a day. Nothing was changed`,
  );
};

/** Ends the rebuild of this cutoff in these counters, where it is still running, without any change. */
export const abortAll = async (
  cutoff: string,
  names: Iterable<string>,
  { storeOf }: Pick<BegunDependencies, 'storeOf'>,
): Promise<void> => {
  await inParallel([...names], AT_ONCE, (counter) => storeOf(counter).abortRebuild(cutoff));
};

/** Aborts the rebuild of this cutoff in all of these counters when `action` throws. */
export const abortOnFailure = async <Result>(
  { cutoff, names }: BegunRebuilds,
  dependencies: Pick<BegunDependencies, 'storeOf'>,
  action: () => Promise<Result>,
): Promise<Result> => {
  try {
    return await action();
  } catch (error) {
    // A rebuild left behind does no harm, so the original error matters more.
    await abortAll(cutoff, names, dependencies).catch(() => undefined);
    throw error;
  }
};
