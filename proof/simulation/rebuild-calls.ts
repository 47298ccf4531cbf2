import type { RebuildDependencies } from '../../src/audit/rebuild.ts';
import { createIsCounted } from '../../src/audit/stream-progress.ts';
import type { RebuildStore } from '../../src/domain/rebuild.ts';
import { createRowTally, type RowCounts } from '../../src/domain/row-counts.ts';
import { createModelReader } from './model-reader.ts';
import { drain } from './poller.ts';
import type { RebuildRun } from './rebuilds.ts';
import type { StreamModel } from './stream-model.ts';
import type { World } from './world.ts';

// More than the minutes by which ingest's clock is behind in the model, or ahead when it is nearly right.
const MARGIN_MS = 7 * 60_000;
// DynamoDB tells its time in whole seconds, and the reader rounds up.
const CLOCK_STEP_MS = 1_000;
const IDLE_MS = 60 * 60_000;

/** What a rebuild calls; it stops at each call that reads rows, writes or waits. */
export const dependenciesOf = (world: World, run: RebuildRun): RebuildDependencies => {
  const { model, ledger } = world;
  const sleep = async (ms: number): Promise<void> => {
    const wakeMs = model.nowMs + ms;
    await stop(run);
    // No record is left in the stream until it is trimmed.
    if (wakeMs - model.nowMs >= IDLE_MS) await drain(world);
    model.nowMs = Math.max(model.nowMs, wakeMs);
  };
  const readCounter = async () => ledger.read();
  return {
    store: storeOf(world, run),
    readCounter,
    countRows: async (cutoffMs) => {
      const tally = createRowTally(cutoffMs);
      addRows(model, tally, 0);
      await stop(run);
      addRows(model, tally, 1);
      return tally.counts();
    },
    // The pauses between two pages are short, and nothing happens in them.
    isCounted: createIsCounted({
      reader: createModelReader(world),
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

const stop = (run: RebuildRun): Promise<void> =>
  new Promise((resolve) => {
    run.letOn = resolve;
    run.onStop();
  });

const storeOf = ({ ledger }: World, run: RebuildRun): RebuildStore => {
  const call = async (send: () => Promise<boolean>): Promise<boolean> => {
    await stop(run);
    const answer = await send();
    const heard = run.losesAnswers ? await send() : answer;
    await stop(run);
    return heard;
  };
  return {
    beginRebuild: (cutoff, lastCutoff) => call(() => ledger.beginRebuild(cutoff, lastCutoff)),
    abortRebuild: (cutoff) => call(() => ledger.abortRebuild(cutoff)),
    applyCorrection: (correction, at) => call(() => ledger.applyCorrection(correction, at)),
  };
};

// One half of the rows is read before, one after whatever happens in between.
const addRows = (
  { rows }: StreamModel,
  tally: ReturnType<typeof createRowTally>,
  half: 0 | 1,
): void => {
  for (const [row, firstMs] of rows) if (row % 2 === half) tally.add(firstMs);
};

/** All rows of a world in which nothing happens. */
export const countRowsNow = ({ rows }: StreamModel, cutoffMs: number): RowCounts => {
  const tally = createRowTally(cutoffMs);
  for (const firstMs of rows.values()) tally.add(firstMs);
  return tally.counts();
};
