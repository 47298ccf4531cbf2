import type { RebuildDependencies } from '../../src/audit/rebuild.ts';
import { createIsCounted } from '../../src/audit/stream-progress.ts';
import type { RebuildStore } from '../../src/domain/rebuild.ts';
import { createModelReader } from './model-reader.ts';
import { drain } from './poller.ts';
import { createScan } from './scans.ts';
import type { RebuildRun, World } from './world.ts';

// More than ingest's clock is behind in the model, and more than its smallest lead.
const MARGIN_MS = 7 * 60_000;
// DynamoDB's times are whole seconds, and the reader rounds up.
const CLOCK_STEP_MS = 1_000;
const IDLE_MS = 60 * 60_000;

/** The dependencies of a rebuild; it pauses at each call that reads rows, writes or waits. */
export const dependenciesOf = (world: World, run: RebuildRun): RebuildDependencies => {
  const { model } = world;
  const { counters, pauses, policy } = run;
  const readCounters = async () => world.counters.written(counters);
  return {
    ...{ readCounters, policy },
    storeOf: (counter) => storeOf(world, run, counter),
    countRows: async (cutoffMs) => {
      const scan = createScan(model, counters, cutoffMs);
      scan.add(halfOf(model.rows, 0));
      await pauses.pause();
      scan.add(halfOf(model.rows, 1));
      return scan.counts();
    },
    // The pauses between two pages are short, so nothing happens in them.
    isCounted: createIsCounted({
      reader: createModelReader(world),
      readCounters,
      sleep: async () => undefined,
    }),
    now: () => model.nowMs + CLOCK_STEP_MS,
    sleep: (ms) => sleep(world, run, ms),
    marginMs: MARGIN_MS,
    confirmAfterMs: 120_000,
  };
};

const sleep = async (world: World, { pauses }: RebuildRun, ms: number): Promise<void> => {
  const { model } = world;
  const wakeMs = model.nowMs + ms;
  await pauses.pause();
  // The projector never falls behind the stream's retention.
  if (wakeMs - model.nowMs >= IDLE_MS) await drain(world);
  model.nowMs = Math.max(model.nowMs, wakeMs);
};

const storeOf = ({ counters }: World, run: RebuildRun, counter: string): RebuildStore => {
  const store = counters.of(counter);
  const call = async (send: () => Promise<boolean>): Promise<boolean> => {
    await run.pauses.pause();
    const answer = await send();
    const received = run.losesAnswers ? await send() : answer;
    await run.pauses.pause();
    return received;
  };
  return {
    beginRebuild: (cutoff, lastCutoff) => call(() => store.beginRebuild(cutoff, lastCutoff)),
    abortRebuild: (cutoff) => call(() => store.abortRebuild(cutoff)),
    applyCorrection: (correction, at) => call(() => store.applyCorrection(correction, at)),
  };
};

// Half of the rows are read before the pause, the other half after it.
const halfOf = (rows: ReadonlyMap<number, number>, half: 0 | 1): number[] =>
  [...rows.keys()].filter((row) => row % 2 === half);
