import { parentPort } from 'node:worker_threads';
import { runSeeds } from './run.ts';

/** Runs the seeds it is sent and replies with their totals. */
parentPort?.on('message', async ({ first, count }: { first: number; count: number }) => {
  parentPort?.postMessage(await runSeeds(first, count));
});
