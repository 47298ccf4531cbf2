import { applyCorrections } from '../../src/audit/apply-corrections.ts';
import { AuditError } from '../../src/audit/audit-error.ts';
import { confirmSurvey, surveyRows } from '../../src/audit/rebuild.ts';
import type { CheckedStore } from './checked-store.ts';
import { COUNTERS } from './counters.ts';
import { visibleErrors } from './errors.ts';
import type { Step } from './history.ts';
import { createPauses } from './pauses.ts';
import { dependenciesOf } from './rebuild-calls.ts';
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
    await resume(world, run, number + call);
  if (!isKilled || !world.rebuilds.includes(run)) return;
  endRun(world, run);
  world.countEvent('rebuild killed');
};

type RebuildPlan = Pick<RebuildRun, 'counters' | 'policy'>;

const planOf = ({ counter, lowersTotal }: Extract<Step, { op: 'rebuild' }>): RebuildPlan => {
  const one = COUNTERS[counter % (2 * COUNTERS.length)];
  return {
    counters: one === undefined ? COUNTERS : [one],
    policy: lowersTotal ? 'lower-total' : 'add-removals',
  };
};

/** Runs a rebuild of all counters from start to end while nothing else happens. */
export const rebuildUndisturbed = async (world: World): Promise<void> => {
  world.rebuilds = [];
  const run = await beginRebuild(world, { counters: COUNTERS, policy: 'add-removals' });
  while (world.rebuilds.includes(run)) await resume(world, run, 0);
};

const endRun = (world: World, run: RebuildRun): void => {
  world.rebuilds = world.rebuilds.filter((other) => other !== run);
};

const beginRebuild = async (world: World, plan: RebuildPlan): Promise<RebuildRun> => {
  const run: RebuildRun = {
    ...{ ...plan, losesAnswers: false, pauses: createPauses() },
    ended: Promise.resolve('ended'),
  };
  world.rebuilds.push(run);
  run.ended = rebuild(world, run);
  await Promise.race([run.ended, run.pauses.areAll()]);
  return run;
};

const resume = async (world: World, run: RebuildRun, number: number): Promise<void> => {
  run.pauses.resumeOne(number);
  await Promise.race([run.ended, run.pauses.areAll()]);
  for (const counter of run.counters) world.upToDate.delete(counter);
};

const rebuild = async (world: World, run: RebuildRun): Promise<'ended'> => {
  try {
    const dependencies = dependenciesOf(world, run);
    const allowed = createAllowance(world);
    const survey = await confirmSurvey(dependencies, await surveyRows(dependencies));
    await applyCorrections(dependencies, survey);
    const { at, countedAhead } = survey.cutoff;
    for (const [counter, { uncertainty }] of survey.counters) {
      assertRepaired(world.counters.of(counter), at, allowed(counter, uncertainty));
    }
    world.countEvent(run.counters.length > 1 ? 'rebuild' : 'rebuild of one counter');
    if ([...countedAhead.values()].some((rows) => rows > 0))
      world.countEvent('rebuild with rows dated past its cutoff');
  } catch (error) {
    if (!(error instanceof AuditError)) throw error;
    world.countEvent(describeBenignEnd(error));
  }
  endRun(world, run);
  return 'ended';
};

/** How far a counter may be off after a rebuild that begins now and states this uncertainty. */
const createAllowance = ({ model }: World) => {
  const before = new Map(
    COUNTERS.map((counter) => {
      const counts = model.trueCountsOf(counter);
      return [counter, { lost: counts.lost.records, oldRows: counts.oldRowChanges }];
    }),
  );
  return (counter: string, uncertainty: number): number => {
    const counts = model.trueCountsOf(counter);
    const { lost = 0, oldRows } = before.get(counter) ?? {};
    // Rows dated before the cutoff that come or go may make a rebuild uncertain. Visits alone must not.
    if (counts.oldRowChanges === oldRows)
      assertSame('Uncertainty of a rebuild with only visits', 0, uncertainty);
    // Records lost while it ran are left to the next rebuild.
    return uncertainty + counts.lost.records - lost;
  };
};

/** Throws a Violation when a rebuild leaves errors larger than its stated uncertainty, day by day. */
const assertRepaired = ({ errors }: CheckedStore, cutoff: string, allowed: number): void => {
  const left = visibleErrors(errors, Date.parse(cutoff));
  const sum = left.reduce((total, error) => total + Math.abs(error), 0);
  if (sum > allowed) throw new Violation('A rebuild must repair', `0 ± ${allowed}`, left.join(' '));
};

// A rebuild may end without a correction only for a reason that its message names.
const BENIGN: readonly (readonly [reason: RegExp, event: string])[] = [
  [/replaced this one/, 'rebuild replaced by another, or too old'],
  [
    /^A (retract|restore).* is running, or was killed/,
    'rebuild refused: a retract or a restore is running',
  ],
  [/another rebuild is beginning/, 'rebuild cannot begin: another one begins'],
  [
    /cannot be distinguished from rows that are already counted/,
    'rebuild refused: rows from the future keep coming',
  ],
  [/Two comparisons.* differ/, 'rebuild refused: two comparisons differ'],
  [/ten minutes behind/, 'rebuild aborted: the projector is behind'],
];

const describeBenignEnd = ({ message }: AuditError): string => {
  const found = BENIGN.find(([reason]) => reason.test(message));
  if (found) return found[1];
  throw new Violation('A rebuild may end only for a known reason', BENIGN.length, message);
};
