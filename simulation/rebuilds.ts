import { CommandError } from '../src/cli/command-error.ts';
import { surveyRows, switchTotal } from '../src/cli/rebuild/rebuild.ts';
import type { Step } from './history.ts';
import { dependenciesOf } from './rebuild-calls.ts';
import type { World } from './world.ts';

/** A rebuild that somebody began; it stands still between two of its calls until it is let on. */
export interface RebuildRun {
  /** Whether its calls of the store are answered only when they were sent twice. */
  losesAnswers: boolean;
  /** Rows that went, or came without a first visit, before it waited for all to be counted. */
  oddChanges: number | undefined;
  letOn: () => void;
  onStop: () => void;
  ended: Promise<'ended'>;
}

const MAX_RUNS = 2;

/** Begins a rebuild or lets one on by some of its calls; or kills it, whatever it is at. */
export const playRebuild = async (
  world: World,
  { run: number, calls, isKilled, losesAnswers }: Extract<Step, { op: 'rebuild' }>,
): Promise<void> => {
  const isNew =
    world.rebuilds.length === 0 || (number % 3 === 0 && world.rebuilds.length < MAX_RUNS);
  const run = isNew
    ? await beginRebuild(world)
    : (world.rebuilds[number % world.rebuilds.length] as RebuildRun);
  run.losesAnswers = losesAnswers;
  for (let call = 0; call < calls && world.rebuilds.includes(run); call += 1)
    await letOn(world, run);
  if (!isKilled || !world.rebuilds.includes(run)) return;
  forget(world, run);
  world.note('rebuild killed');
};

/** Rebuilds from beginning to end while nothing else happens. */
export const rebuildInPeace = async (world: World): Promise<void> => {
  world.rebuilds = [];
  const run = await beginRebuild(world);
  while (world.rebuilds.includes(run)) await letOn(world, run);
};

const forget = (world: World, run: RebuildRun): void => {
  world.rebuilds = world.rebuilds.filter((other) => other !== run);
};

const beginRebuild = async (world: World): Promise<RebuildRun> => {
  const none = () => undefined;
  const run: RebuildRun = {
    ...{ losesAnswers: false, oddChanges: undefined, letOn: none, onStop: none },
    ended: Promise.resolve('ended'),
  };
  const stopped = nextStop(run);
  world.rebuilds.push(run);
  run.ended = rebuild(world, run);
  await Promise.race([stopped, run.ended]);
  return run;
};

const nextStop = (run: RebuildRun): Promise<void> =>
  new Promise((resolve) => {
    run.onStop = resolve;
  });

const letOn = async (world: World, run: RebuildRun): Promise<void> => {
  const stopped = nextStop(run);
  run.letOn();
  await Promise.race([stopped, run.ended]);
  world.upToDate = undefined;
};

const rebuild = async (world: World, run: RebuildRun): Promise<'ended'> => {
  try {
    const dependencies = dependenciesOf(world, run);
    const { correction } = await surveyRows(dependencies);
    await switchTotal(dependencies, correction);
    world.note('rebuild');
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    world.note('rebuild replaced by another, or given up');
  }
  forget(world, run);
  return 'ended';
};
