import { expect, it } from 'vitest';
import { scanSessions } from '../../src/tables/scan-sessions.ts';
import { useDatabase } from '../support/embedded-database.ts';
import { storeRows } from '../support/session-rows.ts';

const database = useDatabase();

it('a scan finds all rows of one counter, with what is stored as text', async () => {
  const AT = '2026-11-23T18:00:00.000Z';
  await storeRows(database(), [
    { session_hash: 'site', first_accessed: AT },
    { session_hash: 'marked', first_accessed: AT, retracted: AT },
    { session_hash: 'undated', first_accessed: 7 },
    { session_hash: 'blog', first_accessed: AT, counter_name: 'blog/a' },
    { session_hash: 'no name', first_accessed: 'once', counter_name: '/' },
  ]);
  const scan = async (counter: string) => {
    const { client, tables } = database();
    const sessions = [];
    for await (const page of scanSessions(client, tables.SESSIONS_TABLE, counter)) {
      sessions.push(...page);
    }
    return sessions.sort((a, b) => (a.hash < b.hash ? -1 : 1));
  };
  expect(await scan('blog/a')).toEqual([{ hash: 'blog', firstAccessed: AT, retracted: undefined }]);
  expect(await scan('site')).toEqual([
    { hash: 'marked', firstAccessed: AT, retracted: AT },
    { hash: 'no name', firstAccessed: 'once', retracted: undefined },
    { hash: 'site', firstAccessed: AT, retracted: undefined },
    { hash: 'undated', firstAccessed: undefined, retracted: undefined },
  ]);
});
