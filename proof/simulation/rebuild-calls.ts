import type { RebuildDependencies } from '../../src/audit/rebuild.ts';
import { createIsCounted } from '../../src/audit/stream-progress.ts';
import type { RebuildStore } from '../../src/domain/rebuild.ts';
import { createRowTally, type RowCounts } from '../../src/domain/row-counts.ts';
import { createModelReader } from './model-reader.ts';
import { onlySite } from './only-site.ts';
import { drain } from './poller.ts';
import type { StreamModel } from './stream-model.ts';
import type { RebuildRun, World } from './world.ts';

// More than ingest's clock is behind in the model, and more than its smallest lead.
const MARGIN_MS = 7 * 60_000;
// DynamoDB's times are whole seconds, and the reader rounds up.
const CLOCK_STEP_MS = 1_000;
const IDLE_MS = 60 * 60_000;

/** The dependencies of a rebuild; it pauses at each call that reads rows, writes or waits. */
export const dependenciesOf = (world: World, run: RebuildRun): RebuildDependencies => {
  const { model, store } = world;
  const rebuildStore = storeOf(world, run);
  const sleep = async (ms: number): Promise<void> => {
    const wakeMs = model.nowMs + ms;
    await pause(run);
    // The projector never falls behind the stream's retention.
    if (wakeMs - model.nowMs >= IDLE_MS) await drain(world);
    model.nowMs = Math.max(model.nowMs, wakeMs);
  };
  const readCounters = async () => onlySite(store.read());
  return {
    storeOf: () => rebuildStore,
    readCounters,
    countRows: async (cutoffMs) => {
      const tally = createRowTally(cutoffMs);
      addRows(model, tally, 0);
      await pause(run);
      addRows(model, tally, 1);
      return onlySite(tally.counts());
    },
    // The pauses between two pages are short, so nothing happens in them.
    isCounted: createIsCounted({
      reader: createModelReader(world),
      readCounters,
      sleep: async () => undefined,
    }),
    now: () => model.nowMs + CLOCK_STEP_MS,
    sleep,
    marginMs: MARGIN_MS,
    confirmAfterMs: 120_000,
    policy: run.policy,
  };
};

const pause = (run: RebuildRun): Promise<void> =>
  new Promise((resolve) => {
    run.resume = resolve;
    run.onPause();
  });

const storeOf = ({ store }: World, run: RebuildRun): RebuildStore => {
  const call = async (send: () => Promise<boolean>): Promise<boolean> => {
    await pause(run);
    const answer = await send();
    const received = run.losesAnswers ? await send() : answer;
    await pause(run);
    return received;
  };
  return {
    beginRebuild: (cutoff, lastCutoff) => call(() => store.beginRebuild(cutoff, lastCutoff)),
    abortRebuild: (cutoff) => call(() => store.abortRebuild(cutoff)),
    applyCorrection: (correction, at) => call(() => store.applyCorrection(correction, at)),
  };
};

// Half of the rows are read before the pause, the other half after it.
const addRows = (
  { rows }: StreamModel,
  tally: ReturnType<typeof createRowTally>,
  half: 0 | 1,
): void => {
  for (const [row, firstMs] of rows) if (row % 2 === half) tally.add(firstMs);
};

/** All rows of a world in which nothing changes. */
export const countRowsNow = ({ rows }: StreamModel, cutoffMs: number): RowCounts => {
  const tally = createRowTally(cutoffMs);
  for (const firstMs of rows.values()) tally.add(firstMs);
  return tally.counts();
};
