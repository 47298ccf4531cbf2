import type { Correction } from '../domain/rebuild.ts';
import { inParallel } from '../runtime/in-parallel.ts';
import { AuditError } from './audit-error.ts';
import { AT_ONCE, rebuildLost } from './begun-rebuilds.ts';
import type { RebuildDependencies, Survey } from './rebuild.ts';

/**
 * Applies the corrections of a survey, each in one write. Idempotent. Throws an AuditError that names the counters
 * of which another rebuild replaced this one, or which took longer than a day: they were not changed, and the
 * others are corrected.
 */
export const applyCorrections = async (
  dependencies: RebuildDependencies,
  { counters }: Survey,
): Promise<void> => {
  const surveys = [...counters];
  const applied = await inParallel(surveys, AT_ONCE, async ([counter, { correction }]) =>
    applyCorrection(dependencies, counter, correction),
  );
  const lost = surveys.map(([counter]) => counter).filter((_, place) => !applied[place]);
  const [first] = lost;
  if (first === undefined) return;
  if (counters.size === 1) throw rebuildLost(first);
  throw new AuditError(
    `Other rebuilds replaced this one, or it took longer than a day: ${lost.join(', ')} not changed, ` +
      `${counters.size - lost.length} other counters corrected. Run the command again`,
  );
};

/** Whether the correction is in the counter now. */
const applyCorrection = async (
  { storeOf, now, readCounters }: RebuildDependencies,
  counter: string,
  correction: Correction,
): Promise<boolean> => {
  const store = storeOf(counter);
  const at = new Date(now()).toISOString();
  if (await store.applyCorrection(correction, at)) return true;
  // The response to the first attempt may have been lost, and the SDK's retry refused.
  const rebuilt = (await readCounters()).get(counter)?.rebuilt;
  if (rebuilt?.cutoff === correction.cutoff) return true;
  await store.abortRebuild(correction.cutoff);
  return false;
};
