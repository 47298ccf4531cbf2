import { CommandError } from '../src/cli/command-error.ts';
import { type RebuildDependencies, surveyRows, switchTotal } from '../src/cli/rebuild/rebuild.ts';
import { type Correction, instantsOfRebuild } from '../src/domain/rebuild.ts';
import type { Step } from './history.ts';
import type { StreamModel } from './stream-model.ts';
import { Violation } from './violation.ts';
import type { World } from './world.ts';

/** A rebuild that somebody began; it stands still between two of its calls until it is let on. */
export interface RebuildRun {
  /** Whether its calls of the store are answered only when they were sent twice. */
  losesAnswers: boolean;
  /** Rows that went, or came without a first visit, before it began to read. */
  oddChanges: number;
  isReading: boolean;
  letOn: () => void;
  onStop: () => void;
  ended: Promise<'ended'>;
}

// More than the minutes by which ingest's clock is behind in the model.
const MARGIN_MS = 7 * 60_000;
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
    ...{ losesAnswers: false, oddChanges: 0, isReading: false, letOn: none, onStop: none },
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

const dependenciesOf = (world: World, run: RebuildRun): RebuildDependencies => {
  const { model, ledger } = world;
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      run.letOn = resolve;
      run.onStop();
    });
  const twice = async (send: () => Promise<boolean>): Promise<boolean> => {
    await stop();
    const answer = await send();
    const heard = run.losesAnswers ? await send() : answer;
    await stop();
    return heard;
  };
  return {
    store: {
      markCut: (cut) => twice(() => ledger.markCut(cut)),
      dropCut: (cut) => twice(() => ledger.dropCut(cut)),
      correct: (correction, at) => {
        assertExplained(model, run, correction);
        return twice(() => ledger.correct(correction, at));
      },
    },
    readCounter: async () => ledger.read(),
    countRows: async (cut) => {
      run.isReading = true;
      const even = countRows(model, cut, 0);
      await stop();
      const odd = countRows(model, cut, 1);
      return even.map((count, index) => count + (odd[index] ?? 0));
    },
    isCounted: async (untilMs) => isCounted(world, untilMs),
    now: () => model.nowMs,
    sleep: async (ms) => {
      const wakeMs = model.nowMs + ms;
      await stop();
      model.nowMs = Math.max(model.nowMs, wakeMs);
      if (!run.isReading) run.oddChanges = oddChanges(model);
    },
    marginMs: MARGIN_MS,
  };
};

const oddChanges = ({ removes, undated }: StreamModel): number => removes + undated;

// Visits alone leave nothing uncertain, however many there are.
const assertExplained = (
  model: StreamModel,
  run: RebuildRun,
  { uncertainty }: Correction,
): void => {
  const most = oddChanges(model) - run.oddChanges;
  if (uncertainty > most) throw new Violation('The uncertainty', `at most ${most}`, uncertainty);
};

const isCounted = ({ model, ledger }: World, untilMs: number): boolean =>
  model.shards.every((shard) => {
    const left = shard.records.slice(ledger.covered(shard));
    return !left.some(
      ({ record, writtenMs }) => isDelivered(record.eventName) && writtenMs <= untilMs,
    );
  });

const isDelivered = (eventName: string | undefined): boolean =>
  eventName === 'INSERT' || eventName === 'REMOVE';

// One half of the rows is read before, one after whatever happens in between.
const countRows = ({ rows }: StreamModel, cut: string, half: 0 | 1): number[] => {
  const firstVisits = [...rows].filter(([row]) => row % 2 === half).map(([, firstMs]) => firstMs);
  return instantsOfRebuild(cut).map(
    (instantMs) => firstVisits.filter((firstMs) => firstMs < instantMs).length,
  );
};
