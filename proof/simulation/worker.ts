import { parentPort } from 'node:worker_threads';
import { runSeeds } from './run.ts';

/** Plays the seeds that it is sent, and answers with what they came to. */
parentPort?.on('message', async ({ first, count }: { first: number; count: number }) => {
  parentPort?.postMessage(await runSeeds(first, count));
});
