import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { SITE } from '../../../src/domain/counter-name.ts';
import { ensureTable } from '../../../src/local/create-tables.ts';
import { openDatabase } from '../../../src/local/database.ts';
import { startEmbeddedDynamoDB } from '../../../src/local/embedded-dynamodb.ts';
import { importSession } from '../../../src/tables/import-session.ts';
import { startFailingDynamoDB } from '../../support/failing-dynamodb.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { useCommandTarget } from '../../support/use-command-target.ts';

const { database, run } = useCommandTarget();
let elsewhere = '';
const passing = startFailingDynamoDB(() => elsewhere);
const SEEN_AT = '2024-05-01T12:00:00.000Z';

/** Starts another DynamoDB, whose older table has the same name as the sessions table here. */
const startElsewhere = async (): Promise<string> => {
  const { endpoint, stop } = await startEmbeddedDynamoDB(undefined);
  onTestFinished(stop);
  const { SESSIONS_TABLE } = database().tables;
  const { client } = await openDatabase(endpoint, {
    ...database().tables,
    SESSIONS_TABLE: 'unused',
  });
  await ensureTable(client, SESSIONS_TABLE, { partitionKey: 'session_hash' });
  await importSession(client, SESSIONS_TABLE, {
    ...{ sessionHash: 'a'.repeat(22), firstSeenAt: SEEN_AT, seenAt: SEEN_AT, activeShard: 0 },
    ...{ expiresAt: undefined, skipIfSeenAfter: undefined, counter: SITE },
  });
  return endpoint;
};

it('imports from a table in another account and region, at another endpoint', async () => {
  elsewhere = await startElsewhere();
  const folder = temporaryFolder();
  writeFileSync(
    join(folder, 'credentials'),
    '[older]\naws_access_key_id = OLDER\naws_secret_access_key = secret\n',
  );
  writeFileSync(join(folder, 'config'), '');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'credentials'));
  vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'config'));
  const { endpoint } = await passing;
  const place = [
    '--from-profile',
    'older',
    '--from-region',
    'eu-west-3',
    '--from-endpoint',
    endpoint,
  ];
  const files = ['--rejects', join(folder, 'rejects'), '--state', join(folder, 'state')];
  const table = database().tables.SESSIONS_TABLE;
  const { code, out } = await run('import', '--json', '--from-table', table, ...place, ...files);
  expect({ code, ...JSON.parse(out) }).toMatchObject({ code: 0, read: 1, inserted: 1 });
  expect((await passing).signedBy).toMatch(/^OLDER\/\d+\/eu-west-3\//);
});

it.each([
  [['--from-file', '/tmp', '--from-region', 'eu-west-3'], 'require --from-table'],
  [['--from-table', 'x', '--from-endpoint', 'localhost'], '--from-endpoint must be a URL'],
])('refuses %j', async (args, says) => {
  const { code, err } = await run('import', ...args);
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(says) });
});
