import { describe, expect, it } from 'vitest';
import { findFormerShards } from '../../src/local/find-former-shards.ts';
import { StartError } from '../../src/local/start-error.ts';
import { browser } from '../support/browsers.ts';
import { runCommandHere } from '../support/counter-command.ts';
import { useDatabase } from '../support/embedded-database.ts';
import { runLocalCounter, untilCounts, visit } from '../support/local-counter.ts';
import { ownTables } from '../support/own-tables.ts';
import { openFreshTables } from '../support/projected-database.ts';
import { ageSessions, storeRows } from '../support/session-rows.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { useOwnTables } from '../support/test-environment.ts';

useOwnTables();
const database = useDatabase();

const VISITORS = 12;

/** Visits of as many browsers, which are spread over the partitions. */
const visitAll = async (url: string): Promise<void> => {
  for (let number = 0; number < VISITORS; number += 1) {
    await visit(url, { 'user-agent': `${browser()} ${number}` });
  }
};

describe('npm start', () => {
  it.each([
    { before: '4', after: undefined },
    { before: undefined, after: '4' },
  ])(
    'counts the sessions of a folder with $before partitions as one with $after',
    async ({ before, after }) => {
      const [dataFolder, tables] = [temporaryFolder(), ownTables()];
      const first = await runLocalCounter({
        dataFolder,
        env: { ...tables, ACTIVE_SHARDS: before },
      });
      await visitAll(first.url);
      await untilCounts(first.url, VISITORS, VISITORS);
      await first.stop();
      const { url } = await runLocalCounter({
        dataFolder,
        env: { ...tables, ACTIVE_SHARDS: after },
      });
      await untilCounts(url, VISITORS, VISITORS);
      // Their rows move to the partitions of the new number.
      await visitAll(url);
      await untilCounts(url, VISITORS, VISITORS);
      const { out } = await runCommandHere(['status', '--local', '--data', dataFolder, '--json']);
      expect(JSON.parse(out)).toMatchObject({ active: VISITORS });
    },
  );

  it('counts those in another DynamoDB than its own', async () => {
    const { tables, endpoint } = await openFreshTables(database());
    const env = { ...tables, AWS_ENDPOINT_URL_DYNAMODB: endpoint, HASH_KEY: 'k'.repeat(32) };
    const first = await runLocalCounter({ env: { ...env, ACTIVE_SHARDS: '64' } });
    await visitAll(first.url);
    await untilCounts(first.url, VISITORS, VISITORS);
    await first.stop();
    const { url } = await runLocalCounter({ env });
    await untilCounts(url, VISITORS, VISITORS);
  });
});

describe('the former partitions', () => {
  const find = async (active_shard: number, ACTIVE_SHARDS: string, minutesAgo = 0) => {
    const fresh = await openFreshTables(database());
    const last_accessed = new Date().toISOString();
    const row = { session_hash: 'one', active_shard, first_accessed: last_accessed, last_accessed };
    await storeRows(fresh, [row]);
    await ageSessions(fresh, minutesAgo);
    return (await findFormerShards({ ...fresh.tables, ACTIVE_SHARDS }, fresh)).FORMER_ACTIVE_SHARDS;
  };

  it('are those with a session, if they are more than the present ones', async () => {
    expect(await find(3, '1')).toMatch(/^4 until 20.*Z$/);
    expect(await find(63, '63')).toMatch(/^64 until /);
  });

  it('are none if the present ones are as many, or their sessions are older than a day', async () => {
    expect(await find(3, '4')).toBe('none');
    expect(await find(3, '1', 1_441)).toBe('none');
  });

  it('cannot be found in a table that has no such index, which stops the start with what to do', async () => {
    const { tables, client } = await openFreshTables(database());
    const settings = { ...tables, SESSIONS_TABLE: tables.COUNTS_TABLE };
    const find = findFormerShards(settings, { client });
    await expect(find).rejects.toThrow(StartError);
    await expect(find).rejects.toThrow(
      /Cannot read the index active-sessions of the table counts\S*: .*specified index.* SESSIONS_TABLE/,
    );
  });
});
