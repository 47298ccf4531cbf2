import { expect, it } from 'vitest';
import { createCapacityMeter } from '../../measure/capacity-meter.ts';
import { countUsedShards } from '../../src/tables/count-used-shards.ts';
import { useDatabase } from '../support/embedded-database.ts';
import { openFreshTables } from '../support/projected-database.ts';
import { storeRows } from '../support/session-rows.ts';

const database = useDatabase();
const NOW_MS = Date.parse('2030-01-02T00:00:00.000Z');
const A_DAY_AGO = '2030-01-01T00:00:00.000Z';

/** A table with a session in each of these partitions, last seen then. */
const openTables = async (rows: Readonly<Record<number, string>>) => {
  const tables = await openFreshTables(database());
  const stored = Object.entries(rows).map(([shard, last_accessed]) => ({
    ...{ session_hash: `in ${shard}`, active_shard: Number(shard), last_accessed },
  }));
  await storeRows(tables, stored);
  const count = (most: number) =>
    countUsedShards(tables.client, tables.tables.SESSIONS_TABLE, { nowMs: NOW_MS, most });
  return { ...tables, count };
};

it('are none in an empty index, which takes half a unit for each', async () => {
  const { client, count } = await openTables({});
  const taken = await createCapacityMeter(client)(async () => expect(await count(64)).toBe(0));
  expect(taken).toMatchObject({ requests: 64, readUnits: 32 });
});

it('are all up to the last one with a session, also if there are gaps', async () => {
  const { count } = await openTables({ 0: A_DAY_AGO, 6: A_DAY_AGO });
  expect(await count(64)).toBe(7);
  expect(await count(6)).toBe(1);
});

it('may be the last one that there can be', async () => {
  const { count } = await openTables({ 63: A_DAY_AGO });
  expect(await count(64)).toBe(64);
});

it('are not those whose sessions are older than any window', async () => {
  const { count } = await openTables({ 0: A_DAY_AGO, 3: '2029-12-31T23:59:59.999Z' });
  expect(await count(64)).toBe(1);
});

it('are those with a session that is dated ahead, which may become active', async () => {
  const { count } = await openTables({ 2: '2030-01-02T01:00:00.000Z' });
  expect(await count(64)).toBe(3);
});
