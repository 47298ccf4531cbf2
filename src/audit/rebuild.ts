import { type ByCounter, mapCounters } from '../domain/by-counter.ts';
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
import { abortOnFailure, type RebuildingCounter, readDuringRebuild } from './begun-rebuilds.ts';
import { type Cutoff, type CutoffDependencies, establishCutoff } from './cutoff.ts';
import { ofCounter } from './of-counter.ts';
import { type AllReadings, readingOf, readRows } from './read-rows.ts';

export interface RebuildDependencies extends CutoffDependencies {
  readonly policy: SurplusPolicy;
  /** The pause between the two comparisons that a correction requires, in milliseconds. */
  readonly confirmAfterMs: number;
}

/** The result of comparing the rows of one counter with the counter. */
export interface CounterSurvey extends RowDrift {
  readonly correction: Correction;
  /** The counter before it is corrected. */
  readonly counter: Counter;
}

/** The result of comparing all rows with the counters, whose rebuild is still running. */
export interface Survey {
  readonly cutoff: Cutoff;
  readonly counters: ByCounter<CounterSurvey>;
}

/**
 * Recounts the rows of all counters during concurrent visits. Each counter has its own rebuild, of one cutoff.
 * Being killed at any point leaves each counter exact: the projector then keeps counting separately for an
 * abandoned rebuild, until the next one. Throws an AuditError when it cannot be done, and what its dependencies
 * throw.
 */
export const surveyRows = async (dependencies: RebuildDependencies): Promise<Survey> =>
  surveyCutoff(dependencies, await establishCutoff(dependencies));

/** The second half of `surveyRows`, for a rebuild that has begun. Throws like `surveyRows`. */
export const surveyCutoff = (dependencies: RebuildDependencies, cutoff: Cutoff): Promise<Survey> =>
  abortOnFailure(begunOf(cutoff), dependencies, async () => {
    const { now, sleep, marginMs } = dependencies;
    await sleep(Math.max(0, Date.parse(cutoff.at) + marginMs + CLOCK_STEP_MS - now()));
    return compareAtCutoff(cutoff, dependencies);
  });

// DynamoDB's clock is read in whole seconds and rounded up.
const CLOCK_STEP_MS = 1_000;

const begunOf = ({ at, countedAhead }: Cutoff) => ({
  cutoff: at,
  names: [...countedAhead.keys()],
});

/** Whether no counter needs a correction. */
export const isCorrect = ({ counters }: Survey): boolean =>
  [...counters.values()].every(({ correction }) => isNoCorrection(correction));

/**
 * Compares a second time, some minutes later and with the same cutoff, unless there is nothing to correct:
 * an open shard never shows that it is read to its end, so a delayed visit would look like a lost one.
 * Throws an AuditError when the two comparisons of a counter differ; then nothing was changed.
 */
export const confirmSurvey = async (
  dependencies: RebuildDependencies,
  survey: Survey,
): Promise<Survey> => {
  if (isCorrect(survey)) return survey;
  return abortOnFailure(begunOf(survey.cutoff), dependencies, async () => {
    await dependencies.sleep(dependencies.confirmAfterMs);
    const second = await compareAtCutoff(survey.cutoff, dependencies);
    for (const [counter, first] of survey.counters) {
      assertSame(counter, first, second.counters.get(counter));
    }
    return second;
  });
};

const assertSame = (
  counter: string,
  first: CounterSurvey,
  second: CounterSurvey | undefined,
): void => {
  if (second && isSameCorrection(first.correction, second.correction)) return;
  throw new AuditError(
    `Two comparisons${ofCounter(counter)} differ: ${describe(first)}, then ${second && describe(second)}. ` +
      'Nothing was changed. Try again when the stream is quiet',
  );
};

const compareAtCutoff = async (
  cutoff: Cutoff,
  dependencies: RebuildDependencies,
): Promise<Survey> => {
  const read = () => readDuringRebuild(begunOf(cutoff), dependencies);
  const readings = await readRows(dependencies, Date.parse(cutoff.at), read);
  const counters = mapCounters(readings.before, (_, counter) =>
    compareCounter(counter, { readings, cutoff, policy: dependencies.policy }),
  );
  return { cutoff, counters };
};

interface ReadAtCutoff extends Pick<RebuildDependencies, 'policy'> {
  readonly readings: AllReadings<RebuildingCounter>;
  readonly cutoff: Cutoff;
}

const compareCounter = (
  counter: string,
  { readings, cutoff, policy }: ReadAtCutoff,
): CounterSurvey => {
  const { before, rows, after } = readingOf(counter, readings);
  const comparison = compareRows({
    ...{ before, rows, after, cutoffMs: Date.parse(cutoff.at), days: REBUILT_DAYS },
    countedAhead: cutoff.countedAhead.get(counter) ?? 0,
  });
  const correction = planCorrection(cutoff.at, comparison, policy);
  return { ...sumDifferences(comparison), correction, counter: after };
};

const describe = ({ missing, surplus }: CounterSurvey): string =>
  `${missing} missing and ${surplus} too many`;
