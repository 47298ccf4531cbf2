import { AuditError } from '../../src/audit/audit-error.ts';
import { applyCorrection, confirmSurvey, surveyRows } from '../../src/audit/rebuild.ts';
import { SITE } from '../../src/domain/counter-name.ts';
import type { CheckedStore } from './checked-store.ts';
import { COUNTERS } from './counters.ts';
import { visibleErrors } from './errors.ts';
import type { Step } from './history.ts';
import { dependenciesOf } from './rebuild-calls.ts';
import type { TrueCounts } from './true-counts.ts';
import { assertSame, Violation } from './violation.ts';
import type { RebuildRun, World } from './world.ts';

const MAX_RUNS = 2;

/** Starts a rebuild, or resumes one for some of its calls, and kills it afterwards if asked to. */
export const playRebuild = async (
  world: World,
  step: Extract<Step, { op: 'rebuild' }>,
): Promise<void> => {
  const { run: number, calls, isKilled, losesAnswers } = step;
  const isNew =
    world.rebuilds.length === 0 || (number % 3 === 0 && world.rebuilds.length < MAX_RUNS);
  const run = isNew
    ? await beginRebuild(world, planOf(step))
    : (world.rebuilds[number % world.rebuilds.length] as RebuildRun);
  run.losesAnswers = losesAnswers;
  for (let call = 0; call < calls && world.rebuilds.includes(run); call += 1)
    await resume(world, run);
  if (!isKilled || !world.rebuilds.includes(run)) return;
  endRun(world, run);
  world.countEvent('rebuild killed');
};

type RebuildPlan = Pick<RebuildRun, 'counter' | 'policy'>;

const planOf = ({ counter, lowersTotal }: Extract<Step, { op: 'rebuild' }>): RebuildPlan => ({
  counter: COUNTERS[counter % COUNTERS.length] ?? SITE,
  policy: lowersTotal ? 'lower-total' : 'add-removals',
});

/** Runs a rebuild of each counter from start to end while nothing else happens. */
export const rebuildUndisturbed = async (world: World): Promise<void> => {
  world.rebuilds = [];
  for (const counter of COUNTERS) {
    const run = await beginRebuild(world, { counter, policy: 'add-removals' });
    while (world.rebuilds.includes(run)) await resume(world, run);
  }
};

const endRun = (world: World, run: RebuildRun): void => {
  world.rebuilds = world.rebuilds.filter((other) => other !== run);
};

const beginRebuild = async (world: World, plan: RebuildPlan): Promise<RebuildRun> => {
  const none = () => undefined;
  const run: RebuildRun = {
    ...{ ...plan, losesAnswers: false, resume: none, onPause: none },
    ended: Promise.resolve('ended'),
  };
  const paused = nextPause(run);
  world.rebuilds.push(run);
  run.ended = rebuild(world, run);
  await Promise.race([paused, run.ended]);
  return run;
};

const nextPause = (run: RebuildRun): Promise<void> =>
  new Promise((resolve) => {
    run.onPause = resolve;
  });

const resume = async (world: World, run: RebuildRun): Promise<void> => {
  const paused = nextPause(run);
  run.resume();
  await Promise.race([paused, run.ended]);
  world.upToDate.delete(run.counter);
};

const rebuild = async (world: World, run: RebuildRun): Promise<'ended'> => {
  try {
    const dependencies = dependenciesOf(world, run);
    const counts = world.model.trueCountsOf(run.counter);
    const before = { lost: { ...counts.lost }, oldRows: countOldRowChanges(counts) };
    const survey = await confirmSurvey(dependencies, await surveyRows(dependencies));
    await applyCorrection(dependencies, survey.correction);
    if (countOldRowChanges(counts) === before.oldRows) {
      assertSame('Uncertainty of a rebuild with only visits', 0, survey.uncertainty);
    }
    const allowed = survey.uncertainty + lostSince(counts, before.lost);
    assertRepaired(world.counters.of(run.counter), survey.cutoff.at, allowed);
    world.countEvent('rebuild');
    if (survey.cutoff.countedAhead > 0) world.countEvent('rebuild with rows dated past its cutoff');
  } catch (error) {
    if (!(error instanceof AuditError)) throw error;
    world.countEvent(describeBenignEnd(error));
  }
  endRun(world, run);
  return 'ended';
};

// Rows dated before the cutoff that come or go may make a rebuild uncertain. Visits alone must not.
const countOldRowChanges = ({ removes, imports, undated }: TrueCounts): number =>
  removes + imports + undated;

// Records lost while it ran are left to the next rebuild.
const lostSince = ({ lost }: TrueCounts, before: TrueCounts['lost']): number =>
  lost.inserts - before.inserts + lost.removes - before.removes;

/** Throws a Violation when a rebuild leaves errors larger than its stated uncertainty, day by day. */
const assertRepaired = ({ errors }: CheckedStore, cutoff: string, allowed: number): void => {
  const left = visibleErrors(errors, Date.parse(cutoff));
  const sum = left.reduce((total, error) => total + Math.abs(error), 0);
  if (sum > allowed) throw new Violation('A rebuild must repair', `0 ± ${allowed}`, left.join(' '));
};

// A rebuild may end without a correction only for a reason that its message names.
const BENIGN: readonly (readonly [reason: RegExp, event: string])[] = [
  [/replaced this one/, 'rebuild replaced by another, or too old'],
  [/another rebuild is beginning/, 'rebuild cannot begin: another one begins'],
  [
    /cannot be distinguished from rows that are already counted/,
    'rebuild refused: rows from the future keep coming',
  ],
  [/Two comparisons differ/, 'rebuild refused: two comparisons differ'],
  [/ten minutes behind/, 'rebuild aborted: the projector is behind'],
];

const describeBenignEnd = ({ message }: AuditError): string => {
  const found = BENIGN.find(([reason]) => reason.test(message));
  if (found) return found[1];
  throw new Violation('A rebuild may end only for a known reason', BENIGN.length, message);
};
