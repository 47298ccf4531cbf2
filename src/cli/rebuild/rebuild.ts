import type { Counter } from '../../domain/counter.ts';
import type { RebuildStore } from '../../domain/counter-store.ts';
import { type Correction, findCorrection } from '../../domain/rebuild.ts';
import { CommandError } from '../command-error.ts';
import { type UntilCountedDependencies, waitUntilCounted } from '../rows/until-counted.ts';

export interface RebuildDependencies extends UntilCountedDependencies {
  /** The counter as it is now, by a strongly consistent read. */
  readonly readCounter: () => Promise<Counter>;
  /** The rows of first visits before each of `instantsOfRebuild`. */
  readonly countRows: (cut: string) => Promise<readonly number[]>;
  readonly store: RebuildStore;
  /**
   * How long after its first visit a row may still be written, in milliseconds: the timeout of
   * ingest, and what the clocks differ by.
   */
  readonly marginMs: number;
}

/** What a survey of the rows found; the counter still holds its cut. */
export interface Survey {
  readonly total: number;
  readonly correction: Correction;
}

// The cut lies ahead, so that no visit after it is counted before the projector knows of it; who
// knows the clocks to be close, as on one machine, need not wait so long.
const MAX_LEAD_MS = 10_000;
const MARKINGS = 5;
// The clock of the stream may be ahead of ours.
const SKEW_MS = 2_000;

/**
 * Counts the rows anew while visits go on. The counter is as exact as before, whenever it is
 * killed: the projector goes on to count apart what nobody will ask for, until the next rebuild.
 * Throws a CommandError when it cannot be done, and what its dependencies throw.
 */
export const surveyRows = async (dependencies: RebuildDependencies): Promise<Survey> => {
  const cut = await markNewCut(dependencies);
  try {
    return await surveyUnder(cut, dependencies);
  } catch (error) {
    // A mark that stays does no harm; what went wrong is what the reader must hear of.
    await dependencies.store.dropCut(cut).catch(() => false);
    throw error;
  }
};

const surveyUnder = async (cut: string, dependencies: RebuildDependencies): Promise<Survey> => {
  const { now, sleep, marginMs, countRows } = dependencies;
  await sleep(Math.max(0, Date.parse(cut) + marginMs - now()));
  await waitUntilCounted(dependencies, now() + SKEW_MS);
  const before = await readUnder(cut, dependencies);
  const rows = await countRows(cut);
  await waitUntilCounted(dependencies, now() + SKEW_MS);
  const after = await readUnder(cut, dependencies);
  return { total: after.total, correction: findCorrection({ cut, rows, before, after }) };
};

/**
 * Moves the total to what the survey found, in one write. Safe to repeat. Throws a CommandError
 * when another rebuild took its place, or it took longer than a day; then nothing moved.
 */
export const switchTotal = async (
  { store, now, readCounter }: RebuildDependencies,
  correction: Correction,
): Promise<void> => {
  const at = new Date(now()).toISOString();
  if (await store.correct(correction, at)) return;
  // The first answer may have got lost, and the SDK have asked again.
  const { rebuilt } = await readCounter();
  if (rebuilt?.cut === correction.cut) return;
  await store.dropCut(correction.cut);
  throw replaced();
};

/** Marks a cut that lies ahead, in place of one that was left behind. */
const markNewCut = async (dependencies: RebuildDependencies): Promise<string> => {
  const { store, readCounter, now, marginMs } = dependencies;
  const leadMs = Math.min(marginMs, MAX_LEAD_MS);
  for (let marking = 0; marking < MARKINGS; marking += 1) {
    // Nobody can tell any more whether an older mark was written before its cut.
    const { rebuild } = await readCounter();
    if (rebuild) await store.dropCut(rebuild.cut);
    const cut = new Date(now() + leadMs).toISOString();
    await store.markCut(cut);
    const marked = (await readCounter()).rebuild?.cut === cut;
    if (marked && now() < Date.parse(cut)) return cut;
  }
  throw new CommandError('The rebuild cannot begin: DynamoDB is slow, or another one begins');
};

const readUnder = async (cut: string, { readCounter }: RebuildDependencies): Promise<Counter> => {
  const counter = await readCounter();
  if (counter.rebuild?.cut === cut) return counter;
  throw replaced();
};

const replaced = (): CommandError =>
  new CommandError(
    'Another rebuild took the place of this one, or it took longer than a day. Nothing moved',
  );
