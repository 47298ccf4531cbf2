import { expect, it } from 'vitest';
import { readFirstVisit } from '../../src/tables/read-first-visit.ts';
import { restoreSession } from '../../src/tables/restore-session.ts';
import { clientOf } from '../support/answering-dynamodb.ts';
import { useDatabase } from '../support/embedded-database.ts';
import { openFreshTables } from '../support/projected-database.ts';
import { rowOf, storeRows } from '../support/session-rows.ts';

const file = useDatabase();
const FIRST = '2026-11-24T10:00:00.000Z';
const ROW = {
  ...{ sessionHash: 'a', counter: 'site', firstAccessed: FIRST, lastAccessed: FIRST },
  ...{ activeShard: 3, expiresAt: 1_900_000_000, restored: '2026-11-25T10:00:00.000Z' },
};
const open = async () => {
  const database = await openFreshTables(file());
  const { client, tables } = database;
  return {
    database,
    restore: (row = {}) => restoreSession(client, tables.SESSIONS_TABLE, { ...ROW, ...row }),
  };
};

it('a missing row is inserted with all its attributes and the mark', async () => {
  const { database, restore } = await open();
  expect(await restore()).toBe(true);
  expect(await rowOf(database, 'a')).toEqual({
    ...{ session_hash: 'a', first_accessed: FIRST, last_accessed: FIRST, active_shard: 3 },
    ...{ expires_at: 1_900_000_000, restored: '2026-11-25T10:00:00.000Z' },
  });
});

it('a row of another counter names it, and has neither a mark nor an expiry that it is not given', async () => {
  const { database, restore } = await open();
  await restore({ counter: 'blog/a', expiresAt: undefined, restored: undefined });
  expect(await rowOf(database, 'a')).toEqual({
    ...{ session_hash: 'a', first_accessed: FIRST, last_accessed: FIRST, active_shard: 3 },
    counter_name: 'blog/a',
  });
});

it('a row that exists is left as it is', async () => {
  const { database, restore } = await open();
  await storeRows(database, [{ session_hash: 'a', first_accessed: 'later' }]);
  expect(await restore()).toBe(false);
  expect(await rowOf(database, 'a')).toEqual({ session_hash: 'a', first_accessed: 'later' });
});

it('every error except a failed condition is thrown', async () => {
  const client = await clientOf(() => {
    throw Object.assign(new Error('no'), { name: 'AccessDeniedException' });
  });
  await expect(restoreSession(client, 'sessions', ROW)).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
});

it('the first visit of a row is read as it is stored, if it is text', async () => {
  const { database } = await open();
  await storeRows(database, [
    { session_hash: 'a', first_accessed: FIRST },
    { session_hash: 'b', first_accessed: 1 },
  ]);
  const read = (hash: string) =>
    readFirstVisit(database.client, database.tables.SESSIONS_TABLE, hash);
  expect(await read('a')).toEqual({ firstAccessed: FIRST });
  expect(await read('b')).toEqual({ firstAccessed: undefined });
  expect(await read('c')).toBeUndefined();
});
