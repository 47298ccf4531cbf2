import { expect, it } from 'vitest';
import { EMPTY_COUNTER } from '../../src/domain/counter.ts';
import { readAudit, writeAudit } from '../../src/tables/audit-item.ts';
import { readCounter } from '../../src/tables/read-counter.ts';
import { useDatabase } from '../support/embedded-database.ts';
import { NOW } from '../support/stream-records.ts';

const database = useDatabase();
const FOUND = { at: NOW, missing: 3, surplus: 2, uncertainty: 1 };

it('the last audit is undefined before the first, then the most recent, and never in the counter itself', async () => {
  const { client, tables } = database();
  expect(await readAudit(client, tables.COUNTS_TABLE)).toBeUndefined();
  await writeAudit(client, tables.COUNTS_TABLE, FOUND);
  const last = { at: '2026-11-24T18:00:00.000Z', missing: 0, surplus: 0, uncertainty: 7 };
  expect(await readAudit(client, tables.COUNTS_TABLE)).toEqual(FOUND);
  await writeAudit(client, tables.COUNTS_TABLE, last);
  expect(await readAudit(client, tables.COUNTS_TABLE)).toEqual(last);
  expect(await readCounter(client, tables.COUNTS_TABLE)).toEqual(EMPTY_COUNTER);
});
