import type { RebuildDependencies } from '../src/cli/rebuild/rebuild.ts';
import type { RebuildStore } from '../src/domain/counter-store.ts';
import { type Correction, instantsOfRebuild } from '../src/domain/rebuild.ts';
import type { RebuildRun } from './rebuilds.ts';
import type { StreamModel } from './stream-model.ts';
import { Violation } from './violation.ts';
import type { World } from './world.ts';

// More than the minutes by which ingest's clock is behind in the model.
const MARGIN_MS = 7 * 60_000;

/** What a rebuild calls; it stops at each call that reads rows, writes or waits. */
export const dependenciesOf = (world: World, run: RebuildRun): RebuildDependencies => {
  const { model, ledger } = world;
  return {
    store: storeOf(world, run),
    readCounter: async () => ledger.read(),
    countRows: async (cut) => {
      const even = countRows(model, cut, 0);
      await stop(run);
      const odd = countRows(model, cut, 1);
      return even.map((count, index) => count + (odd[index] ?? 0));
    },
    isCounted: async (untilMs) => {
      run.oddChanges ??= oddChanges(model);
      return isCounted(world, untilMs);
    },
    now: () => model.nowMs,
    sleep: async (ms) => {
      const wakeMs = model.nowMs + ms;
      await stop(run);
      model.nowMs = Math.max(model.nowMs, wakeMs);
    },
    marginMs: MARGIN_MS,
  };
};

const stop = (run: RebuildRun): Promise<void> =>
  new Promise((resolve) => {
    run.letOn = resolve;
    run.onStop();
  });

const storeOf = ({ model, ledger }: World, run: RebuildRun): RebuildStore => {
  const call = async (send: () => Promise<boolean>): Promise<boolean> => {
    await stop(run);
    const answer = await send();
    const heard = run.losesAnswers ? await send() : answer;
    await stop(run);
    return heard;
  };
  return {
    markCut: (cut) => call(() => ledger.markCut(cut)),
    dropCut: (cut) => call(() => ledger.dropCut(cut)),
    correct: (correction, at) => {
      assertExplained(model, run, correction);
      return call(() => ledger.correct(correction, at));
    },
  };
};

const oddChanges = ({ removes, undated }: StreamModel): number => removes + undated;

// Visits alone leave nothing uncertain, however many there are.
const assertExplained = (
  model: StreamModel,
  run: RebuildRun,
  { uncertainty }: Correction,
): void => {
  const most = oddChanges(model) - (run.oddChanges ?? 0);
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
