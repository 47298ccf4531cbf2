import type { Counter, RunningRebuild } from '../domain/counter.ts';
import type { RebuildStore } from '../domain/rebuild.ts';
import { AuditError } from './audit-error.ts';
import { type ReadRowsDependencies, readRows } from './read-rows.ts';

export interface CutoffDependencies extends ReadRowsDependencies {
  readonly store: RebuildStore;
  /**
   * How long after its first visit a row may still be written, in milliseconds: the timeout of ingest plus
   * the difference between its clock and DynamoDB's.
   */
  readonly marginMs: number;
}

/** The cutoff of a rebuild that the counter holds. */
export interface Cutoff {
  /** ISO 8601 UTC; identifies the rebuild. */
  readonly at: string;
  /** Rows dated on its day, at or after it, that were counted before the rebuild began. */
  readonly countedAhead: number;
}

const MAX_ATTEMPTS = 5;
// A rebuild must end within a day, and scans the rows three times.
const MAX_LEAD_MS = 6 * 3_600_000;

/**
 * Begins a rebuild with a cutoff in the near future, aborting one that was left behind, and finds out how
 * many rows dated after the cutoff are already counted (imported local times, or an ingest clock that was
 * ahead). Throws an AuditError when that cannot be determined; then its rebuild is aborted.
 */
export const establishCutoff = async (dependencies: CutoffDependencies): Promise<Cutoff> => {
  const { marginMs } = dependencies;
  let last: CutoffAttempt = { leadMs: marginMs, isSteady: true };
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    last = await tryCutoff(last.leadMs, dependencies);
    if (last.cutoff) return last.cutoff;
  }
  throw new AuditError(last.isSteady ? TOO_SLOW : unsteadyMessage(marginMs));
};

interface CutoffAttempt {
  readonly cutoff?: Cutoff;
  /** How far ahead the next attempt must set its cutoff, in milliseconds. */
  readonly leadMs: number;
  /** Whether no row dated after the cutoff was added or deleted during the scan. */
  readonly isSteady: boolean;
}

const tryCutoff = async (
  leadMs: number,
  dependencies: CutoffDependencies,
): Promise<CutoffAttempt> => {
  const { store, readCounter, now, marginMs } = dependencies;
  // A leftover rebuild is never continued: it is unknown whether it began before its cutoff.
  const { rebuild, lastCutoff } = await readCounter();
  if (rebuild) await store.abortRebuild(rebuild.cutoff);
  const begunAt = now();
  const cutoff = uniqueCutoff(begunAt + leadMs, lastCutoff);
  const isAhead = (): boolean => now() < Date.parse(cutoff);
  await store.beginRebuild(cutoff, lastCutoff);
  const isBegun = (await readCounter()).rebuild?.cutoff === cutoff;
  if (!isBegun || !isAhead()) return { leadMs, isSteady: true };
  return abortOnFailure(cutoff, store, async () => {
    const { countedAhead, isSteady } = await countAhead(cutoff, dependencies);
    if (isSteady && isAhead()) return { cutoff: { at: cutoff, countedAhead }, leadMs, isSteady };
    await store.abortRebuild(cutoff);
    // The scan may have taken longer than the lead.
    const neededMs = Math.min(marginMs + 2 * (now() - begunAt), MAX_LEAD_MS);
    return { leadMs: Math.max(leadMs, neededMs), isSteady };
  });
};

// Two rebuilds must not have the same cutoff: the process of the first would continue on the second rebuild,
// and mistake the counts since the second began for its own.
const uniqueCutoff = (cutoffMs: number, lastCutoff: string | undefined): string => {
  const cutoff = new Date(cutoffMs).toISOString();
  return cutoff === lastCutoff ? new Date(cutoffMs + 1).toISOString() : cutoff;
};

type CountedAhead = Pick<Cutoff, 'countedAhead'> & Pick<CutoffAttempt, 'isSteady'>;

/**
 * Scans the rows before the cutoff is reached, so that rows dated after it are not current visits. The
 * counter separately counts those added since the rebuild began; the others were counted before.
 */
const countAhead = async (
  cutoff: string,
  dependencies: CutoffDependencies,
): Promise<CountedAhead> => {
  const read = (): Promise<RebuildingCounter> => readDuringRebuild(cutoff, dependencies);
  const { before, rows, after } = await readRows(dependencies, Date.parse(cutoff), read);
  const { started, removed } = after.rebuild;
  const isSteady = before.rebuild.started === started && before.rebuild.removed === removed;
  return { countedAhead: rows.sinceCutoff - (started - removed), isSteady };
};

/** A counter with a running rebuild. */
export type RebuildingCounter = Counter & { readonly rebuild: RunningRebuild };

/** The current counter. Throws an AuditError when the rebuild of this cutoff is no longer running. */
export const readDuringRebuild = async (
  cutoff: string,
  { readCounter }: Pick<CutoffDependencies, 'readCounter'>,
): Promise<RebuildingCounter> => {
  const counter = await readCounter();
  const { rebuild } = counter;
  if (rebuild?.cutoff === cutoff) return { ...counter, rebuild };
  throw rebuildLost();
};

/** The error of a rebuild that was replaced by another one or missed its deadline. */
export const rebuildLost = (): AuditError =>
  new AuditError(
    'Another rebuild replaced this one, or it took longer than a day. Nothing was changed',
  );

const TOO_SLOW = 'The rebuild could not begin: DynamoDB is slow, or another rebuild is beginning';

const unsteadyMessage = (marginMs: number): string =>
  `Rows dated more than ${marginMs / 1000} s ahead of DynamoDB's clock keep arriving, so they cannot ` +
  'be distinguished from rows that are already counted. Stop the import, or set --margin above the ' +
  'difference between the clocks of ingest and DynamoDB';

/** Aborts the rebuild of this cutoff when `action` throws. */
export const abortOnFailure = async <Result>(
  cutoff: string,
  { abortRebuild }: Pick<RebuildStore, 'abortRebuild'>,
  action: () => Promise<Result>,
): Promise<Result> => {
  try {
    return await action();
  } catch (error) {
    // A rebuild left behind does no harm, so the original error matters more.
    await abortRebuild(cutoff).catch(() => undefined);
    throw error;
  }
};
