import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetRecordsCommand } from '@aws-sdk/client-dynamodb-streams';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { expect, it } from 'vitest';
import { createStreamReader } from '../src/tables/stream-reader.ts';
import { httpApiEvent, restApiEvent } from './support/api-events.ts';
import { browser } from './support/browsers.ts';
import { useDatabase } from './support/embedded-database.ts';
import { expectNoneOf } from './support/expect-none-of.ts';
import type { LambdaRun } from './support/lambda-run.ts';
import { untilCounts, visit } from './support/local-counter.ts';
import { readMetricLines } from './support/metric-lines.ts';
import { runLambdas } from './support/run-lambdas.ts';
import { runStartCommand } from './support/start-command.ts';
import { inserted } from './support/stream-records.ts';
import { temporaryFolder } from './support/temporary-folder.ts';
import { useOwnTables } from './support/test-environment.ts';

useOwnTables();
const database = useDatabase();

const ADDRESSES = ['203.0.113.77', '2001:db8:77:77:1:2:3:4', '198.51.100.77'];
const USER_AGENT = `${browser()} TellTale/77`;
const LEAVER = `${USER_AGENT} Leaver`;
const OLD_READER = `${USER_AGENT} OldReader`;
const BOT = 'TellTaleBot/77 (+https://bot.example)';
// Including parts: a prefix or a /64 of personal data is personal data.
const PERSONAL = [...ADDRESSES, '2001:db8:77', 'TellTale', 'Mozilla', 'Firefox', USER_AGENT];

const expectNothingPersonal = (where: string, content: string): void =>
  expectNoneOf(PERSONAL, where, content);

const headers = {
  'User-Agent': USER_AGENT,
  'X-Forwarded-For': ADDRESSES[2] ?? '',
  Forwarded: `for=${ADDRESSES[2]}`,
};
const OLD_PAGE = { method: 'GET', path: '/' };
const FORGET_ME = { method: 'DELETE', path: '/sessions/me' };
const personalRun: LambdaRun = {
  requests: [httpApiEvent, restApiEvent].flatMap((event) =>
    ADDRESSES.flatMap((address) => {
      const facts = { headers, address, userAgent: USER_AGENT };
      return [
        { handler: 'ingest', event: event(facts) },
        { handler: 'ingest', event: event({ ...facts, path: `/${USER_AGENT}` }) },
        { handler: 'ingest', event: event({ ...facts, userAgent: BOT }) },
        { handler: 'ingest', event: event({ ...facts, userAgent: LEAVER }) },
        { handler: 'ingest', event: event({ ...facts, ...FORGET_ME, userAgent: LEAVER }) },
        { handler: 'query', event: event({ ...facts, method: 'GET', path: '/counts' }) },
        { handler: 'legacy', event: event({ ...facts, ...OLD_PAGE, userAgent: OLD_READER }) },
        { handler: 'legacy', event: event({ ...facts, ...OLD_PAGE, userAgent: BOT }) },
      ] as const;
    }),
  ),
  batches: [
    { shardId: 'shard-a', Records: [inserted(1), { ...inserted(2), dynamodb: {} }] },
    { shardId: 'shard-a', Records: [{ ...inserted(3), eventName: 'INSERT', dynamodb: {} }] },
    { Records: [inserted(4)] },
  ],
};

it('no address and no user agent reaches a row, the stream, a log or a metric', async () => {
  const { client, streams, streamArn, tables } = database();
  const log = await runLambdas(database(), personalRun, { ...tables });
  expect(log).toContain('A stream record is malformed');
  expectNothingPersonal('log', log);
  const metrics = readMetricLines(log);
  const visits = metrics.filter(({ metrics }) => 'Visits' in metrics);
  expect(visits).toHaveLength(10 * ADDRESSES.length);
  // Nothing that varies with the visitor, such as a hash, may be a dimension.
  const dimensions = new Set(metrics.map(({ dimensions }) => JSON.stringify(dimensions)));
  expect([...dimensions].sort()).toEqual([
    '{"service":"my-page","reason":"bot"}',
    '{"service":"my-page"}',
  ]);

  const rows = await client.send(new ScanCommand({ TableName: tables.SESSIONS_TABLE }));
  expect(rows.Count).toBe(2 * ADDRESSES.length);
  expectNothingPersonal('sessions', JSON.stringify(rows.Items));
  const counts = await client.send(new ScanCommand({ TableName: tables.COUNTS_TABLE }));
  expect(counts.Count).toBe(1);
  expectNothingPersonal('counts', JSON.stringify(counts.Items));

  const reader = createStreamReader(streams, streamArn);
  const [shard] = await reader.listShards();
  const iterator = await reader.openShard(shard?.shardId ?? '', 'start');
  const { Records } = await streams.send(new GetRecordsCommand({ ShardIterator: iterator }));
  const removals = Records?.filter(({ eventName }) => eventName === 'REMOVE');
  expect(removals?.length).toBeGreaterThanOrEqual(ADDRESSES.length);
  expectNothingPersonal('stream', JSON.stringify(Records));
});

const AWAY = { SESSIONS_TABLE: 'away', COUNTS_TABLE: 'gone' };

it('not even when everything fails, and each line has the id of its Lambda request', async () => {
  const log = await runLambdas(database(), personalRun, AWAY);
  const failures = log.split('\n').filter((line) => line.includes('The request failed'));
  expect(failures).toHaveLength(36);
  const ids = failures.map((line) => JSON.parse(line).function_request_id);
  expect(new Set(ids).size).toBe(36);
  for (const id of ids) expect(id).toMatch(/^request-\d+$/);
  expectNothingPersonal('log', log);
});

it('nor what npm start prints or stores', async () => {
  const dataFolder = temporaryFolder();
  const { url, output, end } = await runStartCommand('--port', '0', '--data', dataFolder);
  await visit(url, headers);
  await untilCounts(url, 1, 1);
  await end('SIGINT');
  expectNothingPersonal('output', output());
  for (const file of readdirSync(dataFolder)) {
    expectNothingPersonal(file, readFileSync(join(dataFolder, file), 'latin1'));
  }
});
