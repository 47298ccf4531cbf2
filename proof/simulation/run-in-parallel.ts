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

const CHUNK_SEEDS = 250;

/** Runs seeds from `firstSeed` on several threads, in chunks, until both minimums are reached. */
export const runInParallel = async (
  run: ParallelRun,
): Promise<{ totals: Totals; failure?: Failure }> => {
  const totals = emptyTotals();
  const failures: Failure[] = [];
  let next = run.firstSeed;
  const isOver = (): boolean =>
    failures.length > 0 || (totals.deliveries >= run.deliveries && totals.seeds >= run.seeds);

  const work = async (): Promise<void> => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url));
    while (!isOver()) {
      worker.postMessage({ first: next, count: CHUNK_SEEDS });
      next += CHUNK_SEEDS;
      const [answer] = (await once(worker, 'message')) as [Awaited<ReturnType<typeof runSeeds>>];
      addTotals(totals, answer.totals);
      if (answer.failure) failures.push(answer.failure);
      run.onProgress(totals);
    }
    await worker.terminate();
  };
  await Promise.all(Array.from({ length: run.workers }, work));
  const failure = failures.sort((a, b) => a.seed - b.seed)[0];
  return failure ? { totals, failure } : { totals };
};
