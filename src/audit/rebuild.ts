import type { Counter } from '../domain/counter.ts';
import {
  type Correction,
  correctionOf,
  isNoCorrection,
  isSameCorrection,
  type RebuildFinding,
  type SurplusPolicy,
} from '../domain/rebuild.ts';
import { compareRows, REBUILT_DAYS, sumDifferences } from '../domain/row-comparison.ts';
import { AuditError } from './audit-error.ts';
import {
  type Cutoff,
  type CutoffDependencies,
  dropOnFailure,
  markCutoff,
  readUnder,
  replaced,
} from './cutoff.ts';
import { readRows } from './read-rows.ts';

export interface RebuildDependencies extends CutoffDependencies {
  readonly policy: SurplusPolicy;
  /** How far apart the two comparisons are that a correction takes, in milliseconds. */
  readonly apartMs: number;
}

/** What a survey of the rows found; the counter still holds its cutoff. */
export interface Survey extends RebuildFinding {
  readonly cutoff: Cutoff;
  /** The counter before it is corrected. */
  readonly counter: Counter;
}

/**
 * Counts the rows anew while visits go on. The counter is as exact as before, whenever it is
 * killed: the projector goes on to count apart what nobody will ask for, until the next rebuild.
 * Throws an AuditError when it cannot be done, and what its dependencies throw.
 */
export const surveyRows = async (dependencies: RebuildDependencies): Promise<Survey> =>
  surveyCutoff(dependencies, await markCutoff(dependencies));

/** The second half of `surveyRows`, under a cutoff that the counter holds. Throws as that does. */
export const surveyCutoff = (dependencies: RebuildDependencies, cutoff: Cutoff): Promise<Survey> =>
  dropOnFailure(cutoff.at, dependencies.store, async () => {
    const { now, sleep, marginMs } = dependencies;
    await sleep(Math.max(0, Date.parse(cutoff.at) + marginMs + CLOCK_STEP_MS - now()));
    return surveyUnder(cutoff, dependencies);
  });

// DynamoDB's clock is read in whole seconds and rounded up.
const CLOCK_STEP_MS = 1_000;

/**
 * Compares once more, some minutes later and under the same cutoff, unless there is nothing to
 * correct: an open shard never says that it is read to its end, so a visit that is late would look
 * like one that is lost. Throws an AuditError when the two differ; then nothing moved.
 */
export const confirmSurvey = async (
  dependencies: RebuildDependencies,
  survey: Survey,
): Promise<Survey> => {
  if (isNoCorrection(survey.correction)) return survey;
  return dropOnFailure(survey.cutoff.at, dependencies.store, async () => {
    await dependencies.sleep(dependencies.apartMs);
    const again = await surveyUnder(survey.cutoff, dependencies);
    if (isSameCorrection(survey.correction, again.correction)) return again;
    throw new AuditError(
      `Two comparisons differ: ${describe(survey)}, then ${describe(again)}. Nothing moved. ` +
        'Run it again when the stream is quiet',
    );
  });
};

/**
 * Moves the counter as the survey found, in one write. Safe to repeat. Throws an AuditError when
 * another rebuild took its place, or it took longer than a day; then nothing moved.
 */
export const applyCorrection = async (
  { store, now, readCounter }: RebuildDependencies,
  correction: Correction,
): Promise<void> => {
  const at = new Date(now()).toISOString();
  if (await store.applyCorrection(correction, at)) return;
  // The first answer may have got lost, and the SDK have asked again.
  const { rebuilt } = await readCounter();
  if (rebuilt?.cutoff === correction.cutoff) return;
  await store.abortRebuild(correction.cutoff);
  throw replaced();
};

const surveyUnder = async (cutoff: Cutoff, dependencies: RebuildDependencies): Promise<Survey> => {
  const { at, countedAhead } = cutoff;
  const cutoffMs = Date.parse(at);
  const reading = await readRows(dependencies, cutoffMs, () => readUnder(at, dependencies));
  const comparison = compareRows({ ...reading, cutoffMs, days: REBUILT_DAYS, countedAhead });
  const correction = correctionOf(at, comparison, dependencies.policy);
  return { ...sumDifferences(comparison), correction, cutoff, counter: reading.after };
};

const describe = ({ missing, surplus }: Survey): string =>
  `${missing} missing and ${surplus} too many`;
