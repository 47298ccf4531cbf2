import { expect, it } from 'vitest';
import { readCounts } from '../../measure/browser-requests.ts';
import { createCapacityMeter } from '../../measure/capacity-meter.ts';
import { SITE } from '../../src/domain/counter-name.ts';
import { createQueryHandler } from '../../src/query/query-handler.ts';
import { createReaders } from '../../src/query/readers.ts';
import { createLog } from '../../src/runtime/log.ts';
import { readQuerySettings } from '../../src/settings/settings.ts';
import { useDatabase } from '../support/embedded-database.ts';
import { openFreshTables, visitAt } from '../support/projected-database.ts';

const database = useDatabase();

/** Tables with so many active sessions. */
const openWith = async (active: number) => {
  const fresh = await openFreshTables(database());
  const hashes = Array.from({ length: active }, (_, number) => `${number}`.padEnd(22, '-'));
  await visitAt(fresh, new Date().toISOString(), hashes);
  return fresh;
};

/** The units and requests of a GET /counts with so many active sessions, and otherwise default settings. */
const readWith = async (active: number, formerShards = 'none') => {
  const { client, tables } = await openWith(active);
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

it('is one unit for up to 97 active sessions, so that they are counted again after a second', async () => {
  const servedFor = async (active: number): Promise<number> => {
    const { client, tables } = await openWith(active);
    const settings = readQuerySettings({ ...tables });
    const { expiresAtMs, readAtMs } = await createReaders(
      settings,
      client,
      createLog('test'),
    ).active.read(SITE);
    return expiresAtMs - readAtMs;
  };
  expect(await servedFor(97)).toBe(1_000);
  expect(await servedFor(98)).toBe(1_500);
});
