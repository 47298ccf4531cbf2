import type { Counter, RunningRebuild } from '../domain/counter.ts';
import type { RebuildStore } from '../domain/counter-store.ts';
import { AuditError } from './audit-error.ts';
import { type ReadRowsDependencies, readRows } from './read-rows.ts';

export interface CutoffDependencies extends ReadRowsDependencies {
  readonly store: RebuildStore;
  /**
   * How long after its first visit a row may still be written, in milliseconds: the timeout of
   * ingest, and by how much its clock may differ from DynamoDB's.
   */
  readonly marginMs: number;
}

/** A cutoff that the counter holds. */
export interface Cutoff {
  /** ISO 8601 UTC, and the rebuild's name. */
  readonly at: string;
  /** Rows that are dated at or after it, and that were counted before the counter knew of it. */
  readonly countedAhead: number;
}

const MARKINGS = 5;
// A rebuild has a day to end, and reads the rows three times.
const LONGEST_LEAD_MS = 6 * 3_600_000;

/**
 * Marks a cutoff in the counter that lies ahead, in place of one that was left behind, and finds out
 * how many rows dated past it were counted already: imported local times, or a clock of ingest that
 * was ahead. Throws an AuditError when that cannot be told; then no mark of its own is left.
 */
export const markCutoff = async (dependencies: CutoffDependencies): Promise<Cutoff> => {
  const { marginMs } = dependencies;
  let tried: Marking = { leadMs: marginMs, isSteady: true };
  for (let marking = 0; marking < MARKINGS; marking += 1) {
    tried = await tryCutoff(tried.leadMs, dependencies);
    if (tried.cutoff) return tried.cutoff;
  }
  throw new AuditError(tried.isSteady ? SLOW : unsteady(marginMs));
};

interface Marking {
  readonly cutoff?: Cutoff;
  /** How far ahead the next cutoff has to lie, in milliseconds. */
  readonly leadMs: number;
  /** Whether no row dated past the cutoff came or went while they were counted. */
  readonly isSteady: boolean;
}

const tryCutoff = async (leadMs: number, dependencies: CutoffDependencies): Promise<Marking> => {
  const { store, readCounter, now, marginMs } = dependencies;
  // Nobody can tell any more whether an older mark was written before its cutoff.
  const { rebuild, lastCutoff } = await readCounter();
  if (rebuild) await store.abortRebuild(rebuild.cutoff);
  const markedAt = now();
  const cutoff = nameCutoff(markedAt + leadMs, lastCutoff);
  const isAhead = (): boolean => now() < Date.parse(cutoff);
  await store.beginRebuild(cutoff, lastCutoff);
  const isMarked = (await readCounter()).rebuild?.cutoff === cutoff;
  if (!isMarked || !isAhead()) return { leadMs, isSteady: true };
  return dropOnFailure(cutoff, store, async () => {
    const { rows, isSteady } = await lookAhead(cutoff, dependencies);
    if (isSteady && isAhead())
      return { cutoff: { at: cutoff, countedAhead: rows }, leadMs, isSteady };
    await store.abortRebuild(cutoff);
    // Reading all rows may take longer than the cutoff was away.
    const neededMs = Math.min(marginMs + 2 * (now() - markedAt), LONGEST_LEAD_MS);
    return { leadMs: Math.max(leadMs, neededMs), isSteady };
  });
};

// No two marks bear one name: whoever works under the first would go on under the second, and take the
// counts since that mark for those since its own.
const nameCutoff = (cutoffMs: number, lastCutoff: string | undefined): string => {
  const cutoff = new Date(cutoffMs).toISOString();
  return cutoff === lastCutoff ? new Date(cutoffMs + 1).toISOString() : cutoff;
};

interface Ahead {
  readonly rows: number;
  readonly isSteady: boolean;
}

/**
 * Looks at the rows before the cutoff is there, so that those dated past it are no visits of now.
 * What was counted of them since the mark stands apart in the counter; the rest was counted before.
 */
const lookAhead = async (cutoff: string, dependencies: CutoffDependencies): Promise<Ahead> => {
  const read = (): Promise<RebuiltCounter> => readUnder(cutoff, dependencies);
  const { before, rows, after } = await readRows(dependencies, Date.parse(cutoff), read);
  const { started, removed } = after.rebuild;
  const isSteady = before.rebuild.started === started && before.rebuild.removed === removed;
  return { rows: rows.sinceCutoff - (started - removed), isSteady };
};

/** A counter that holds the cutoff of a rebuild. */
export type RebuiltCounter = Counter & { readonly rebuild: RunningRebuild };

/** The counter as it is, which holds this cutoff. Throws an AuditError when it does no more. */
export const readUnder = async (
  cutoff: string,
  { readCounter }: Pick<CutoffDependencies, 'readCounter'>,
): Promise<RebuiltCounter> => {
  const counter = await readCounter();
  const { rebuild } = counter;
  if (rebuild?.cutoff === cutoff) return { ...counter, rebuild };
  throw replaced();
};

/** Another rebuild marked its own cutoff. */
export const replaced = (): AuditError =>
  new AuditError(
    'Another rebuild took the place of this one, or it took longer than a day. Nothing moved',
  );

const SLOW = 'The rebuild cannot begin: DynamoDB is slow, or another one begins';

const unsteady = (marginMs: number): string =>
  `Rows dated more than ${marginMs / 1000} s ahead of DynamoDB's clock keep coming, so they cannot ` +
  'be told from those that are counted. End the import, or give a --margin above the difference of ' +
  'the clocks of ingest and DynamoDB';

/** Aborts the rebuild of this cutoff when `action` fails. */
export const dropOnFailure = async <Result>(
  cutoff: string,
  { abortRebuild }: Pick<RebuildStore, 'abortRebuild'>,
  action: () => Promise<Result>,
): Promise<Result> => {
  try {
    return await action();
  } catch (error) {
    // A mark that stays does no harm; what went wrong is what the reader must hear of.
    await abortRebuild(cutoff).catch(() => undefined);
    throw error;
  }
};
