import { expect, it, vi } from 'vitest';
import { createDigestHandler } from '../../src/digest/digest-handler.ts';
import { createSnsClient } from '../../src/digest/send-mail.ts';
import { createCloudWatchClient } from '../../src/digest/sum-metrics.ts';
import { writeAudit } from '../../src/tables/audit-item.ts';
import { setBaseline } from '../../src/tables/set-baseline.ts';
import { type TestDatabase, useDatabase } from '../support/embedded-database.ts';
import { describeQuery, startCloudWatch } from '../support/fake-cloudwatch.ts';
import { startSns } from '../support/fake-sns.ts';
import { openFreshTables, project, untilCounted, visitAt } from '../support/projected-database.ts';
import { MONDAY_MS } from './digest-facts.ts';

const database = useDatabase();

const TOPIC = 'arn:aws:sns:eu-central-1:123456789012:alarms';
const DAY_MS = 86_400_000;

type CloudWatch = Parameters<typeof startCloudWatch>;

interface Asked {
  readonly env?: Readonly<Record<string, string>>;
  readonly values?: CloudWatch[0];
  readonly behaviour?: CloudWatch[1];
  readonly nowMs?: number;
  readonly tables?: TestDatabase;
}

/** Calls the handler once, with fakes of CloudWatch and SNS. */
const send = async ({ env, values = {}, behaviour, nowMs = MONDAY_MS, ...asked }: Asked) => {
  const { client, tables } = asked.tables ?? database();
  const [cloudwatch, sns] = [await startCloudWatch(values, behaviour), await startSns(TOPIC)];
  vi.stubEnv('AWS_ENDPOINT_URL_CLOUDWATCH', cloudwatch.url);
  vi.stubEnv('AWS_ENDPOINT_URL_SNS', sns.url);
  vi.stubEnv('AWS_REGION', 'eu-central-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
  const settings = {
    ...{ ...tables, COUNTER_NAME: 'my-page', DIGEST: 'weekly', DIGEST_TOPIC: TOPIC },
    ...{ DIGEST_API_ID: 'api1', DIGEST_FUNCTIONS: 'f-ingest:512,f-audit:256', ...env },
  };
  const clients = {
    dynamodb: client,
    cloudwatch: createCloudWatchClient(),
    sns: createSnsClient(),
  };
  const end = await createDigestHandler(settings, clients, () => nowMs)().catch((error) => error);
  return { end, published: sns.published, requests: cloudwatch.requests };
};

it('sends the new sessions of the week, by counter, without reading a row', async () => {
  const tables = await openFreshTables(database());
  project(tables);
  const now = new Date();
  await visitAt(tables, now.toISOString(), ['hash-a', 'hash-b', 'hash-c']);
  await visitAt(tables, now.toISOString(), ['hash-d'], 'about');
  await untilCounted(tables, { total: 3 });
  await untilCounted(tables, { total: 1 }, 'about');
  await setBaseline(tables.client, tables.tables.COUNTS_TABLE, 'site', { sessions: 1_000 });
  const { end, published } = await send({
    tables,
    // The week that ends before it contains today.
    nowMs: now.getTime() + 7 * DAY_MS,
    env: { WATCHED_COUNTERS: 'site,about', SESSIONS_TABLE: 'no-such-table' },
  });
  expect(end).toBeUndefined();
  expect(published).toHaveLength(1);
  const [{ subject, message } = { subject: '', message: '' }] = published;
  expect(subject).toMatch(/^my-page: week of \d+ \w+ \d{4}$/);
  expect(message).toContain('New sessions: 3 (3 more than in the week before)\n');
  expect(message).toMatch(new RegExp(`^Busiest day: \\w+, ${now.getUTCDate()} \\w+ \\(3\\)$`, 'm'));
  expect(message).toContain('Total: 1,003 (1,000 of them from an older counter)\n');
  expect(message).toContain('\nOther counters\n- about: 1 new, 1 in total\n\n');
  expect(message).not.toContain('hash-');
});

it('sends the sums of the metrics over all days and pages', async () => {
  const { end, published } = await send({
    values: {
      'SessionCounter Visits service=my-page': [100, 20, 3],
      'SessionCounter Refused service=my-page reason=bot': [10, 1],
      'SessionCounter Refused service=my-page reason=rate': [0, 0, 7],
      'SessionCounter Refused service=other reason=bot': [999],
      'AWS/ApiGateway Count ApiId=api1': [1_000_000, 500_000],
      'AWS/Lambda Invocations FunctionName=f-ingest': [2_000_000],
      'AWS/Lambda Invocations FunctionName=f-audit': [7],
      'AWS/Lambda Duration FunctionName=f-ingest': [4_000_000, 4_000_000],
      'AWS/Lambda Duration FunctionName=f-audit': [400_000],
      [`AWS/DynamoDB ConsumedWriteCapacityUnits TableName=${database().tables.COUNTS_TABLE}`]: [5],
      [`AWS/DynamoDB ConsumedReadCapacityUnits TableName=${database().tables.COUNTS_TABLE}`]: [1.5],
      'AWS/DynamoDB ConsumedWriteCapacityUnits TableName=rows': [4_000_000],
      'AWS/DynamoDB ConsumedReadCapacityUnits TableName=rows': [100],
      'AWS/DynamoDB ConsumedWriteCapacityUnits TableName=rows GlobalSecondaryIndexName=active-sessions':
        [2_000_000],
      'AWS/DynamoDB ConsumedReadCapacityUnits TableName=rows GlobalSecondaryIndexName=active-sessions':
        [300.5, 1],
    },
    env: { SESSIONS_TABLE: 'rows' },
  });
  expect(end).toBeUndefined();
  expect(published[0]?.message).toContain(
    [
      'Refused: 18 of 123 visits',
      '- bot: 11 (a crawler, or no user agent)',
      '- rate: 7 (too many new sessions of one address)',
      '',
    ].join('\n'),
  );
  expect(published[0]?.message).toContain(
    [
      'Cost of the week, by the units used: 5.70 USD',
      '- HTTP API: 1.50 USD (1,500,000 requests)',
      '- Lambda: 0.45 USD (2,000,007 calls, 4,100 GB-seconds)',
      '- DynamoDB: 3.75 USD (6,000,005 write units, 403 read units)',
      '',
    ].join('\n'),
  );
});

it('asks for whole UTC days of the period, once for each page', async () => {
  const { requests } = await send({ env: { DIGEST: 'monthly' } });
  expect(requests.map(({ NextToken }) => NextToken)).toEqual([undefined, 'second']);
  for (const { StartTime, EndTime, MetricDataQueries } of requests) {
    expect(new Date(StartTime * 1_000).toISOString()).toBe('2026-10-01T00:00:00.000Z');
    expect(new Date(EndTime * 1_000).toISOString()).toBe('2026-11-01T00:00:00.000Z');
    const described = MetricDataQueries.map(describeQuery);
    // docs/operations.md#the-digest says what they cost.
    expect(described).toHaveLength(22);
    expect(new Set(described).size).toBe(22);
    for (const { MetricStat } of MetricDataQueries) {
      expect(MetricStat).toMatchObject({ Period: 86_400, Stat: 'Sum' });
    }
  }
});

it('sends the drift of the last audit', async () => {
  const { client, tables } = database();
  const audit = { missing: 2, surplus: 0, uncertainty: 1 };
  await writeAudit(client, tables.COUNTS_TABLE, { at: '2026-11-23T06:30:09.000Z', ...audit });
  const { published } = await send({});
  expect(published[0]?.message).toContain(
    'Last audit: DRIFT of 2 (23 November 2026, 06:30 UTC; possible error: 1 row)\n' +
      '- 2 sessions in the table but not in a counter\n',
  );
});

it.each([
  { what: 'CloudWatch refuses', behaviour: { refuseWith: 'AccessDeniedException' } },
  { what: 'a metric is forbidden', behaviour: { statusCode: 'Forbidden' } },
  { what: 'a metric cannot be read', behaviour: { statusCode: 'InternalError' } },
  { what: 'a counter cannot be read', env: { COUNTS_TABLE: 'no-such-table' } },
])('fails and sends nothing when $what', async ({ what: _, ...asked }) => {
  const { end, published } = await send(asked);
  expect(end).toBeInstanceOf(Error);
  expect(published).toEqual([]);
});

it('fails when it may not publish to the topic', async () => {
  const { end, published } = await send({ env: { DIGEST_TOPIC: `${TOPIC}-of-another` } });
  expect(end).toMatchObject({ name: 'AuthorizationErrorException' });
  expect(published).toEqual([]);
});
