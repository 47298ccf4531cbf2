import { applyCorrections } from '../../src/audit/apply-corrections.ts';
import { AuditError } from '../../src/audit/audit-error.ts';
import { type CounterSurvey, confirmSurvey, surveyRows } from '../../src/audit/rebuild.ts';
import { SITE } from '../../src/domain/counter-name.ts';
import type { SurplusPolicy } from '../../src/domain/rebuild.ts';
import { visibleErrors } from './errors.ts';
import type { Step } from './history.ts';
import { dependenciesOf } from './rebuild-calls.ts';
import { assertSame, Violation } from './violation.ts';
import type { RebuildRun, World } from './world.ts';

const MAX_RUNS = 2;

/** Starts a rebuild, or resumes one for some of its calls, and kills it afterwards if asked to. */
export const playRebuild = async (
  world: World,
  step: Extract<Step, { op: 'rebuild' }>,
): Promise<void> => {
  const { run: number, calls, isKilled, losesAnswers, lowersTotal } = step;
  const isNew =
    world.rebuilds.length === 0 || (number % 3 === 0 && world.rebuilds.length < MAX_RUNS);
  const run = isNew
    ? await beginRebuild(world, lowersTotal ? 'lower-total' : 'add-removals')
    : (world.rebuilds[number % world.rebuilds.length] as RebuildRun);
  run.losesAnswers = losesAnswers;
  for (let call = 0; call < calls && world.rebuilds.includes(run); call += 1)
    await resume(world, run);
  if (!isKilled || !world.rebuilds.includes(run)) return;
  endRun(world, run);
  world.countEvent('rebuild killed');
};

/** Runs a rebuild from start to end while nothing else happens. */
export const rebuildUndisturbed = async (world: World): Promise<void> => {
  world.rebuilds = [];
  const run = await beginRebuild(world, 'add-removals');
  while (world.rebuilds.includes(run)) await resume(world, run);
};

const endRun = (world: World, run: RebuildRun): void => {
  world.rebuilds = world.rebuilds.filter((other) => other !== run);
};

const beginRebuild = async (world: World, policy: SurplusPolicy): Promise<RebuildRun> => {
  const none = () => undefined;
  const run: RebuildRun = {
    ...{ policy, losesAnswers: false, resume: none, onPause: none },
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
  world.upToDate = undefined;
};

const rebuild = async (world: World, run: RebuildRun): Promise<'ended'> => {
  try {
    const dependencies = dependenciesOf(world, run);
    const before = { lost: { ...world.model.lost }, oldRows: countOldRowChanges(world) };
    const survey = await confirmSurvey(dependencies, await surveyRows(dependencies));
    await applyCorrections(dependencies, survey);
    const { uncertainty } = survey.counters.get(SITE) as CounterSurvey;
    if (countOldRowChanges(world) === before.oldRows) {
      assertSame('Uncertainty of a rebuild with only visits', 0, uncertainty);
    }
    assertRepaired(world, survey.cutoff.at, uncertainty + lostSince(world, before.lost));
    world.countEvent('rebuild');
    const countedAhead = survey.cutoff.countedAhead.get(SITE) ?? 0;
    if (countedAhead > 0) world.countEvent('rebuild with rows dated past its cutoff');
  } catch (error) {
    if (!(error instanceof AuditError)) throw error;
    world.countEvent(describeBenignEnd(error));
  }
  endRun(world, run);
  return 'ended';
};

// Rows dated before the cutoff that come or go may make a rebuild uncertain. Visits alone must not.
const countOldRowChanges = ({ model: { removes, imports, undated } }: World): number =>
  removes + imports + undated;

// Records lost while it ran are left to the next rebuild.
const lostSince = ({ model: { lost } }: World, before: { inserts: number; removes: number }) =>
  lost.inserts - before.inserts + lost.removes - before.removes;

/** Throws a Violation when a rebuild leaves errors larger than its stated uncertainty, day by day. */
const assertRepaired = ({ store }: World, cutoff: string, allowed: number): void => {
  const left = visibleErrors(store.errors, Date.parse(cutoff));
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
