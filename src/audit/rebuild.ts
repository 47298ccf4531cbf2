import type { Counter } from '../domain/counter.ts';
import {
  type Correction,
  isNoCorrection,
  isSameCorrection,
  planCorrection,
  type SurplusPolicy,
} from '../domain/rebuild.ts';
import {
  compareRows,
  REBUILT_DAYS,
  type RowDrift,
  sumDifferences,
} from '../domain/row-comparison.ts';
import { AuditError } from './audit-error.ts';
import {
  abortOnFailure,
  type Cutoff,
  type CutoffDependencies,
  establishCutoff,
  readDuringRebuild,
  rebuildLost,
} from './cutoff.ts';
import { readRows } from './read-rows.ts';

export interface RebuildDependencies extends CutoffDependencies {
  readonly policy: SurplusPolicy;
  /** The pause between the two comparisons that a correction requires, in milliseconds. */
  readonly confirmAfterMs: number;
}

/** The result of comparing the rows with the counter, whose rebuild is still running. */
export interface Survey extends RowDrift {
  readonly correction: Correction;
  readonly cutoff: Cutoff;
  /** The counter before it is corrected. */
  readonly counter: Counter;
}

/**
 * Recounts the rows during concurrent visits. Being killed at any point leaves the counter exact: the
 * projector then keeps counting separately for an abandoned rebuild, until the next one. Throws an
 * AuditError when it cannot be done, and what its dependencies throw.
 */
export const surveyRows = async (dependencies: RebuildDependencies): Promise<Survey> =>
  surveyCutoff(dependencies, await establishCutoff(dependencies));

/** The second half of `surveyRows`, for a rebuild that has begun. Throws like `surveyRows`. */
export const surveyCutoff = (dependencies: RebuildDependencies, cutoff: Cutoff): Promise<Survey> =>
  abortOnFailure(cutoff.at, dependencies.store, async () => {
    const { now, sleep, marginMs } = dependencies;
    await sleep(Math.max(0, Date.parse(cutoff.at) + marginMs + CLOCK_STEP_MS - now()));
    return compareAtCutoff(cutoff, dependencies);
  });

// DynamoDB's clock is read in whole seconds and rounded up.
const CLOCK_STEP_MS = 1_000;

/**
 * Compares a second time, some minutes later and with the same cutoff, unless there is nothing to correct:
 * an open shard never shows that it is read to its end, so a delayed visit would look like a lost one.
 * Throws an AuditError when the two comparisons differ; then nothing was changed.
 */
export const confirmSurvey = async (
  dependencies: RebuildDependencies,
  survey: Survey,
): Promise<Survey> => {
  if (isNoCorrection(survey.correction)) return survey;
  return abortOnFailure(survey.cutoff.at, dependencies.store, async () => {
    await dependencies.sleep(dependencies.confirmAfterMs);
    const second = await compareAtCutoff(survey.cutoff, dependencies);
    if (isSameCorrection(survey.correction, second.correction)) return second;
    throw new AuditError(
      `Two comparisons differ: ${describe(survey)}, then ${describe(second)}. Nothing was changed. ` +
        'Try again when the stream is quiet',
    );
  });
};

/**
 * Applies the correction of a survey, in one write. Idempotent. Throws an AuditError when another rebuild
 * replaced this one, or it took longer than a day; then nothing was changed.
 */
export const applyCorrection = async (
  { store, now, readCounter }: RebuildDependencies,
  correction: Correction,
): Promise<void> => {
  const at = new Date(now()).toISOString();
  if (await store.applyCorrection(correction, at)) return;
  // The response to the first attempt may have been lost, and the SDK's retry refused.
  const { rebuilt } = await readCounter();
  if (rebuilt?.cutoff === correction.cutoff) return;
  await store.abortRebuild(correction.cutoff);
  throw rebuildLost();
};

const compareAtCutoff = async (
  cutoff: Cutoff,
  dependencies: RebuildDependencies,
): Promise<Survey> => {
  const { at, countedAhead } = cutoff;
  const cutoffMs = Date.parse(at);
  const reading = await readRows(dependencies, cutoffMs, () => readDuringRebuild(at, dependencies));
  const comparison = compareRows({ ...reading, cutoffMs, days: REBUILT_DAYS, countedAhead });
  const correction = planCorrection(at, comparison, dependencies.policy);
  return { ...sumDifferences(comparison), correction, cutoff, counter: reading.after };
};

const describe = ({ missing, surplus }: Survey): string =>
  `${missing} missing and ${surplus} too many`;
