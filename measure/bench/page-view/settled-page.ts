import { setTimeout } from 'node:timers/promises';
import { openDatabase } from '../../../src/local/database.ts';
import { startProjection } from '../../../src/local/projection.ts';
import { readCounter } from '../../../src/tables/read-counter.ts';
import type { ComparedCounter } from './compared-counters.ts';
import type { Shown } from './old-counter.ts';

const TIMEOUT_MS = 15_000;
const PAUSE_MS = 50;

/**
 * The numbers our page shows once the projector has counted the stream; gives up waiting after 15 seconds.
 */
export const readSettledPage = async (
  endpoint: string,
  { counter, shown }: { readonly counter: ComparedCounter; readonly shown: Shown },
  expected: number,
): Promise<Shown> => {
  const database = await openDatabase(endpoint, counter.tables);
  const projection = startProjection(counter.tables, database);
  let total = 0;
  for (const endMs = Date.now() + TIMEOUT_MS; total !== expected && Date.now() < endMs; ) {
    await setTimeout(PAUSE_MS);
    total = (await readCounter(database.client, counter.tables.COUNTS_TABLE)).total;
  }
  await projection.stop();
  return { ...shown, unique: total };
};
