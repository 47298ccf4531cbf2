import type { RebuildDependencies } from '../../src/audit/rebuild.ts';
import { createIsCounted } from '../../src/audit/stream-progress.ts';
import type { RebuildStore } from '../../src/domain/rebuild.ts';
import { createRowTally, type RowCounts } from '../../src/domain/row-counts.ts';
import { counterOf } from './counters.ts';
import { createModelReader } from './model-reader.ts';
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
  const { model } = world;
  const { counter } = run;
  const sleep = async (ms: number): Promise<void> => {
    const wakeMs = model.nowMs + ms;
    await pause(run);
    // The projector never falls behind the stream's retention.
    if (wakeMs - model.nowMs >= IDLE_MS) await drain(world);
    model.nowMs = Math.max(model.nowMs, wakeMs);
  };
  const readCounter = async () => world.counters.of(counter).read();
  return {
    store: storeOf(world, run),
    readCounter,
    countRows: async (cutoffMs) => {
      const tally = createRowTally(cutoffMs);
      addRows(model, tally, { counter, half: 0 });
      await pause(run);
      addRows(model, tally, { counter, half: 1 });
      return tally.counts();
    },
    // The pauses between two pages are short, so nothing happens in them.
    isCounted: createIsCounted({
      reader: createModelReader(world, counter),
      readCounter,
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

const storeOf = ({ counters }: World, run: RebuildRun): RebuildStore => {
  const store = counters.of(run.counter);
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
  { counter, half }: { readonly counter: string; readonly half: 0 | 1 },
): void => {
  for (const [row, firstMs] of rows)
    if (row % 2 === half && counterOf(row) === counter) tally.add(firstMs);
};

/** All rows of a counter in a world in which nothing changes. */
export const countRowsNow = (
  { rows }: StreamModel,
  counter: string,
  cutoffMs: number,
): RowCounts => {
  const tally = createRowTally(cutoffMs);
  for (const [row, firstMs] of rows) if (counterOf(row) === counter) tally.add(firstMs);
  return tally.counts();
};
