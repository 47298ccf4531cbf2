import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { createCapacityMeter } from '../../../measure/capacity-meter.ts';
import { createAuditHandler } from '../../../src/audit/audit-handler.ts';
import { SITE } from '../../../src/domain/counter-name.ts';
import { createLegacyHandler } from '../../../src/legacy/legacy-handler.ts';
import { createQueryHandler } from '../../../src/query/query-handler.ts';
import { createReadMappingState } from '../../../src/reporter/mapping-state.ts';
import { createReporterHandler } from '../../../src/reporter/reporter-handler.ts';
import { readAudit } from '../../../src/tables/audit-item.ts';
import { deleteSession } from '../../../src/tables/delete-session.ts';
import { counterKey } from '../../../src/tables/schema.ts';
import { setBaseline } from '../../../src/tables/set-baseline.ts';
import { httpApiEvent } from '../../support/api-events.ts';
import { captureOutput } from '../../support/captured-output.ts';
import { readMetricLines } from '../../support/metric-lines.ts';
import { project, untilCounted, visitAt } from '../../support/projected-database.ts';
import { useCommandTarget } from '../../support/use-command-target.ts';

const { database, run } = useCommandTarget();
const BASELINE = { sessions: 10_000, since: '2019-03-01' };
const BLOG = 'blog/first';
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
const settings = () => ({ ...database().tables, COUNTERS: BLOG, HASH_KEY: 'k'.repeat(32) });

const set = async (counter: string): Promise<void> => {
  const { client, tables } = database();
  await setBaseline(client, tables.COUNTS_TABLE, counter, BASELINE);
};
const read = async (path: string, query: Record<string, string> = {}) => {
  const handler = createQueryHandler(settings(), database().client, '');
  const event = { ...httpApiEvent({ method: 'GET', path }), queryStringParameters: query };
  const { body } = await handler(event);
  return body.startsWith('{') ? JSON.parse(body) : body;
};

// Before and after the baseline is set, sessions begin and a row is removed.
beforeEach(async () => {
  project(database());
  await visitAt(database(), daysAgo(3), ['a', 'b']);
  await visitAt(database(), daysAgo(3), ['c', 'd'], BLOG);
  await untilCounted(database(), { total: 2, removed: 0 });
  await untilCounted(database(), { total: 2, removed: 0 }, BLOG);
  for (const counter of [SITE, BLOG]) await set(counter);
  await visitAt(database(), daysAgo(0), ['e']);
  await visitAt(database(), daysAgo(0), ['f'], BLOG);
  await deleteSession(database().client, database().tables.SESSIONS_TABLE, 'a');
  await untilCounted(database(), { total: 3, removed: 1 });
  await untilCounted(database(), { total: 3, removed: 0 }, BLOG);
});

describe('the sum of baseline and counted sessions is shown by', () => {
  const PARTS = { unique_session_count: 10_003, counted_sessions: 3, baseline: BASELINE };

  it('GET /counts, of one counter and of several', async () => {
    expect(await read('/counts')).toMatchObject({ ...PARTS, active_sessions: 1 });
    const { counters } = await read('/counts', { counter: SITE, total: BLOG });
    expect(counters).toMatchObject({ [SITE]: { ...PARTS, active_sessions: 1 }, [BLOG]: PARTS });
  });

  it('the badge', async () => {
    expect(await read('/badge.svg', { counter: BLOG })).toContain('visitors: 10,003');
  });

  it('the legacy route', async () => {
    const view = createLegacyHandler(settings(), database().client);
    const { body } = await view(httpApiEvent({ method: 'GET', path: '/' }));
    expect(JSON.parse(body)).toMatchObject({ unique_session_count: 10_003 });
  });

  it('the metric of the dashboard', async () => {
    const env = { ...settings(), COUNTER_NAME: 'my-page', WATCHED_COUNTERS: BLOG };
    const output = captureOutput();
    await createReporterHandler(env, database().client, createReadMappingState())();
    const sums = readMetricLines(output()).map(({ metrics }) => metrics.DistinctSessions);
    expect(sums).toEqual([10_003, 10_003]);
  });

  it('status, which lists both parts, and sorts by the sum', async () => {
    await visitAt(database(), daysAgo(0), ['g', 'h', 'i', 'j'], 'busy');
    await untilCounted(database(), { total: 4, removed: 0 }, 'busy');
    const { out } = await run('status');
    expect(out).toContain(
      '  Distinct sessions  10003\n    counted          3\n    baseline         10000, since 2019-03-01\n',
    );
    expect(out).toMatch(/ 10003 blog\/first\n +10003 site\n +4 busy\n/);
    const status = JSON.parse((await run('status', '--json')).out);
    expect(status).toMatchObject({ total: 3, baseline: BASELINE, removed: 1, rows: 2 });
    expect(status.largest[0]).toEqual({ counter: BLOG, total: 3, baseline: BASELINE, rows: 3 });
  });
});

describe('the baseline is ignored by', () => {
  it('the history', async () => {
    const { days } = await read('/history', { days: '4' });
    expect(days.map((day: { new_sessions: number }) => day.new_sessions)).toEqual([2, 0, 0, 1]);
  });

  it('verify', async () => {
    const { code, out } = await run('verify', '--json');
    expect({ code, ...JSON.parse(out) }).toMatchObject({
      code: 0,
      counters: {
        [SITE]: { rows: 2, expected: 2, drift: 0 },
        [BLOG]: { rows: 3, expected: 3, drift: 0 },
      },
    });
  });

  it('rebuild', async () => {
    const { code, out } = await run('rebuild', '--margin', '1', '--json');
    const same = { before: 3, after: 3, missing: 0, surplus: 0 };
    expect({ code, ...JSON.parse(out) }).toMatchObject({
      code: 0,
      counters: { [SITE]: same, [BLOG]: same },
    });
  });

  it('the audit', async () => {
    const { client, tables } = database();
    await createAuditHandler({ ...tables }, client, async () => undefined)();
    expect(await readAudit(client, tables.COUNTS_TABLE)).toMatchObject({ missing: 0, surplus: 0 });
  });
});

it('a baseline that cannot be read stops the counts, but no visit and no audit', async () => {
  const { client, tables } = database();
  const update = {
    UpdateExpression: 'SET baseline = :text',
    ExpressionAttributeValues: { ':text': 'text' },
  };
  const Key = { counter: counterKey(SITE) };
  await client.send(new UpdateCommand({ TableName: tables.COUNTS_TABLE, Key, ...update }));
  const handler = createQueryHandler(settings(), client, '');
  expect((await handler(httpApiEvent({ method: 'GET', path: '/counts' }))).statusCode).toBe(500);
  await visitAt(database(), daysAgo(0), ['later']);
  await untilCounted(database(), { total: 4, removed: 1 });
  await createAuditHandler({ ...tables }, client, async () => undefined)();
  expect(await readAudit(client, tables.COUNTS_TABLE)).toMatchObject({ missing: 0, surplus: 0 });
  expect((await run('verify')).code).toBe(0);
});

it('a counter with a baseline is dropped with it, and counts from zero', async () => {
  const { out } = await run('drop', BLOG);
  expect(out).toContain('  Distinct sessions  3\n  Baseline           10000, since 2019-03-01\n');
  expect((await run('drop', BLOG, '--yes')).code).toBe(0);
  expect(await read('/counts', { total: BLOG })).toMatchObject({
    counters: { [BLOG]: { unique_session_count: 0 } },
  });
  expect((await run('status', '--json')).out).not.toContain(BLOG);
});

it('reading a counter with a baseline takes the same requests and units', async () => {
  const meter = createCapacityMeter(database().client);
  const unitsOf = async () => {
    const { requests, readUnits } = await meter(() => read('/counts'));
    return { requests, readUnits };
  };
  const withBaseline = await unitsOf();
  await setBaseline(database().client, database().tables.COUNTS_TABLE, SITE, undefined);
  expect(withBaseline).toEqual(await unitsOf());
  expect(withBaseline).toEqual({ requests: 2, readUnits: 1 });
});
