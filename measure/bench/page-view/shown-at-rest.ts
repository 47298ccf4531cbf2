import { setTimeout } from 'node:timers/promises';
import { openDatabase } from '../../../src/local/database.ts';
import { startProjection } from '../../../src/local/projection.ts';
import { readCounter } from '../../../src/tables/read-counter.ts';
import type { Contestant } from './contestants.ts';
import type { Shown } from './old-counter.ts';

const PATIENCE_MS = 15_000;
const PAUSE_MS = 50;

/**
 * What our page shows once the projector has counted what the stream brought; at the latest after
 * 15 seconds.
 */
export const shownAtRest = async (
  endpoint: string,
  { contestant, shown }: { readonly contestant: Contestant; readonly shown: Shown },
  expected: number,
): Promise<Shown> => {
  const database = await openDatabase(endpoint, contestant.tables);
  const projection = startProjection(contestant.tables, database);
  let total = 0;
  for (const endMs = Date.now() + PATIENCE_MS; total !== expected && Date.now() < endMs; ) {
    await setTimeout(PAUSE_MS);
    total = (await readCounter(database.client, contestant.tables.COUNTS_TABLE)).total;
  }
  await projection.stop();
  return { ...shown, unique: total };
};
