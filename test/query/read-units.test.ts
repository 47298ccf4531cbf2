import { expect, it } from 'vitest';
import { readCounts } from '../../measure/browser-requests.ts';
import { createCapacityMeter } from '../../measure/capacity-meter.ts';
import { createQueryHandler } from '../../src/query/query-handler.ts';
import { useDatabase } from '../support/embedded-database.ts';
import { openFreshTables, visitAt } from '../support/projected-database.ts';

const database = useDatabase();

/** The units and requests of a GET /counts with so many active sessions, and otherwise default settings. */
const readWith = async (active: number, formerShards = 'none') => {
  const fresh = await openFreshTables(database());
  const hashes = Array.from({ length: active }, (_, number) => `${number}`.padEnd(22, '-'));
  await visitAt(fresh, new Date().toISOString(), hashes);
  const { client, tables } = fresh;
  const query = createQueryHandler({ ...tables, FORMER_ACTIVE_SHARDS: formerShards }, client, '');
  const { requests, readUnits } = await createCapacityMeter(client)(() => readCounts(query));
  return { requests, readUnits };
};

it('is one unit for GET /counts, as long as few sessions are active', async () => {
  expect(await readWith(0)).toEqual({ requests: 2, readUnits: 1 });
  expect(await readWith(48)).toEqual({ requests: 2, readUnits: 1 });
  expect(await readWith(49)).toEqual({ requests: 2, readUnits: 1.5 });
});

it('is half a unit more for each former partition', async () => {
  const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
  const anHourAgo = new Date(Date.now() - 3_600_000).toISOString();
  expect(await readWith(0, `4 until ${inAnHour}`)).toEqual({ requests: 5, readUnits: 2.5 });
  expect(await readWith(0, `4 until ${anHourAgo}`)).toEqual({ requests: 2, readUnits: 1 });
});
