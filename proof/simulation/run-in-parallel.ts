import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { addTotals, emptyTotals, type Failure, type runSeeds, type Totals } from './run.ts';

export interface ParallelRun {
  readonly firstSeed: number;
  /** The run continues until at least this many records were delivered and seeds were run. */
  readonly deliveries: number;
  readonly seeds: number;
  readonly workers: number;
  readonly onProgress: (totals: Totals) => void;
}

const MAX_CHUNK_SEEDS = 250;
// About what a history delivers.
const DELIVERIES_PER_SEED = 900;

/** Runs seeds from `firstSeed` on several threads, in chunks, until both minimums are reached. */
export const runInParallel = async (
  run: ParallelRun,
): Promise<{ totals: Totals; failure?: Failure }> => {
  const totals = emptyTotals();
  const failures: Failure[] = [];
  const { chunk, workers } = planChunks(run);
  let next = run.firstSeed;
  const isOver = (): boolean =>
    failures.length > 0 || (totals.deliveries >= run.deliveries && totals.seeds >= run.seeds);

  const work = async (): Promise<void> => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url));
    while (!isOver()) {
      worker.postMessage({ first: next, count: chunk });
      next += chunk;
      const [answer] = (await once(worker, 'message')) as [Awaited<ReturnType<typeof runSeeds>>];
      addTotals(totals, answer.totals);
      if (answer.failure) failures.push(answer.failure);
      run.onProgress(totals);
    }
    await worker.terminate();
  };
  await Promise.all(Array.from({ length: workers }, work));
  const failure = failures.sort((a, b) => a.seed - b.seed)[0];
  return failure ? { totals, failure } : { totals };
};

/** Chunks no larger than what was asked for, and no more workers than there are chunks. */
const planChunks = ({ deliveries, seeds, workers }: ParallelRun) => {
  const needed = Math.max(1, seeds, Math.ceil(deliveries / DELIVERIES_PER_SEED));
  const chunk = Math.min(MAX_CHUNK_SEEDS, needed);
  return { chunk, workers: Math.min(workers, Math.ceil(needed / chunk)) };
};
