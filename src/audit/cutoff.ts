import type { Counter, RunningRebuild } from '../domain/counter.ts';
import type { RebuildStore } from '../domain/counter-store.ts';
import type { RowCounts } from '../domain/row-counts.ts';
import { AuditError } from './audit-error.ts';
import { type UntilCountedDependencies, waitUntilCounted } from './until-counted.ts';

export interface CutoffDependencies extends UntilCountedDependencies {
  /** The counter as it is now, by a strongly consistent read. */
  readonly readCounter: () => Promise<Counter>;
  /** All rows, told apart by a cutoff, epoch milliseconds. */
  readonly countRows: (cutoffMs: number) => Promise<RowCounts>;
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
  readonly cut: string;
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
  const { rebuild, lastCut } = await readCounter();
  if (rebuild) await store.dropCut(rebuild.cut);
  const markedAt = now();
  const cut = nameCut(markedAt + leadMs, lastCut);
  const isAhead = (): boolean => now() < Date.parse(cut);
  await store.markCut(cut, lastCut);
  const isMarked = (await readCounter()).rebuild?.cut === cut;
  if (!isMarked || !isAhead()) return { leadMs, isSteady: true };
  return dropOnFailure(cut, store, async () => {
    const { rows, isSteady } = await lookAhead(cut, dependencies);
    if (isSteady && isAhead()) return { cutoff: { cut, countedAhead: rows }, leadMs, isSteady };
    await store.dropCut(cut);
    // Reading all rows may take longer than the cutoff was away.
    const neededMs = Math.min(marginMs + 2 * (now() - markedAt), LONGEST_LEAD_MS);
    return { leadMs: Math.max(leadMs, neededMs), isSteady };
  });
};

// No two marks bear one name: whoever works under the first would go on under the second, and take the
// counts since that mark for those since its own.
const nameCut = (cutMs: number, lastCut: string | undefined): string => {
  const cut = new Date(cutMs).toISOString();
  return cut === lastCut ? new Date(cutMs + 1).toISOString() : cut;
};

interface Ahead {
  readonly rows: number;
  readonly isSteady: boolean;
}

/**
 * Looks at the rows before the cutoff is there, so that those dated past it are no visits of now.
 * What was counted of them since the mark stands apart in the counter; the rest was counted before.
 */
const lookAhead = async (cut: string, dependencies: CutoffDependencies): Promise<Ahead> => {
  await waitUntilCounted(dependencies);
  const { rebuild: before } = await readUnder(cut, dependencies);
  const { sinceCutoff } = await dependencies.countRows(Date.parse(cut));
  await waitUntilCounted(dependencies);
  const { rebuild: after } = await readUnder(cut, dependencies);
  const isSteady = before.started === after.started && before.removed === after.removed;
  return { rows: sinceCutoff - (after.started - after.removed), isSteady };
};

/** The counter as it is, which holds this cutoff. Throws an AuditError when it does no more. */
export const readUnder = async (
  cut: string,
  { readCounter }: Pick<CutoffDependencies, 'readCounter'>,
): Promise<Counter & { readonly rebuild: RunningRebuild }> => {
  const counter = await readCounter();
  const { rebuild } = counter;
  if (rebuild?.cut === cut) return { ...counter, rebuild };
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

/** Takes the mark away when `action` fails. */
export const dropOnFailure = async <Result>(
  cut: string,
  { dropCut }: Pick<RebuildStore, 'dropCut'>,
  action: () => Promise<Result>,
): Promise<Result> => {
  try {
    return await action();
  } catch (error) {
    // A mark that stays does no harm; what went wrong is what the reader must hear of.
    await dropCut(cut).catch(() => undefined);
    throw error;
  }
};
