import { expect, it } from 'vitest';
import { deleteSession } from '../../src/tables/delete-session.ts';
import { useDatabase } from '../support/embedded-database.ts';
import { rowOf, storeRows } from '../support/session-rows.ts';

const database = useDatabase();
const remove = (sessionHash: string) =>
  deleteSession(database().client, database().tables.SESSIONS_TABLE, sessionHash);

it('deletes that row and no other, and can be repeated', async () => {
  await storeRows(database(), [{ session_hash: 'gone' }, { session_hash: 'stays' }]);
  await remove('gone');
  await remove('gone');
  expect(await rowOf(database(), 'gone')).toBeUndefined();
  expect(await rowOf(database(), 'stays')).toEqual({ session_hash: 'stays' });
});
