import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createCapacityMeter } from '../../measure/capacity-meter.ts';
import type { Database } from '../../src/local/database.ts';
import { createReadMappingState } from '../../src/reporter/mapping-state.ts';
import { createReporterHandler } from '../../src/reporter/reporter-handler.ts';
import { writeAudit } from '../../src/tables/audit-item.ts';
import { createDocumentClient } from '../../src/tables/document-client.ts';
import { COUNTER, counterKey, DISTINCT_SESSIONS, LAST_AUDIT } from '../../src/tables/schema.ts';
import { captureOutput } from '../support/captured-output.ts';
import { useDatabase } from '../support/embedded-database.ts';
import { type FakeMappings, startLambda } from '../support/fake-lambda.ts';
import { withFastTimers } from '../support/fast-timers.ts';
import { readMetricLines } from '../support/metric-lines.ts';
import { openFreshTables, project, untilCounted, visitAt } from '../support/projected-database.ts';
import { storeRows } from '../support/session-rows.ts';

const database = useDatabase();
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

const forgetRow = (session_hash: string) => {
  const { client, tables } = database();
  return client.send(
    new DeleteCommand({ TableName: tables.SESSIONS_TABLE, Key: { session_hash } }),
  );
};

const createReporter = (
  env: Record<string, string>,
  { client }: Pick<Database, 'client'> = database(),
) =>
  createReporterHandler(
    { ...database().tables, COUNTER_NAME: 'my-page', ...env },
    client,
    createReadMappingState(),
  );

it('emits the distinct sessions and those active in the window', async () => {
  project(database());
  await visitAt(database(), minutesAgo(90), ['a', 'b']);
  await visitAt(database(), minutesAgo(20), ['c', 'd', 'e']);
  await untilCounted(database(), { total: 5, removed: 0 });
  const output = captureOutput();
  await createReporter({})();
  await createReporter({ ACTIVE_WINDOW_MINUTES: '120' })();
  expect(readMetricLines(output())).toMatchObject([
    { dimensions: { service: 'my-page' }, metrics: { DistinctSessions: 5, ActiveSessions: 3 } },
    { dimensions: { service: 'my-page' }, metrics: { DistinctSessions: 5, ActiveSessions: 5 } },
  ]);
});

it('emits the counts of each watched counter under its name, and those of the site as without them', async () => {
  const fresh = await openFreshTables(database());
  project(fresh);
  await visitAt(fresh, minutesAgo(90), ['a', 'b']);
  await visitAt(fresh, minutesAgo(20), ['c', 'd', 'e'], 'blog/first');
  await untilCounted(fresh, { total: 2 });
  await untilCounted(fresh, { total: 3 }, 'blog/first');
  const output = captureOutput();
  const { requests, readUnits } = await createCapacityMeter(fresh.client)(async () => {
    await createReporter({ ...fresh.tables, WATCHED_COUNTERS: 'blog/first,site,about' }, fresh)();
    await createReporter({ ...fresh.tables, WATCHED_COUNTERS: 'about' }, fresh)();
  });
  const site = {
    ...{ dimensionSets: [['service']], dimensions: { service: 'my-page' } },
    metrics: { DistinctSessions: 2, ActiveSessions: 0 },
  };
  const about = {
    dimensions: { service: 'my-page', counter: 'about' },
    metrics: { DistinctSessions: 0, ActiveSessions: 0 },
  };
  expect(readMetricLines(output())).toMatchObject([
    site,
    {
      ...{ dimensionSets: [['service', 'counter']] },
      dimensions: { service: 'my-page', counter: 'blog/first' },
      metrics: { DistinctSessions: 3, ActiveSessions: 3 },
    },
    about,
    site,
    about,
  ]);
  expect({ requests, readUnits }).toEqual({ requests: 10, readUnits: 5 });
});

it('emits those in former partitions, too, as long as they may be active', async () => {
  const last_accessed = minutesAgo(20);
  await storeRows(database(), [{ session_hash: 'former', active_shard: 3, last_accessed }]);
  const output = captureOutput();
  for (const until of [minutesAgo(-1), minutesAgo(1)]) {
    await createReporter({ FORMER_ACTIVE_SHARDS: `4 until ${until}` })();
  }
  await forgetRow('former');
  const counts = readMetricLines(output()).map(({ metrics }) => metrics.ActiveSessions ?? 0);
  expect((counts[0] ?? 0) - (counts[1] ?? 0)).toBe(1);
});

it('throws when the tables cannot be read, so that its metrics stop', async () => {
  const output = captureOutput();
  const away = { SESSIONS_TABLE: 'away', COUNTS_TABLE: 'gone' };
  await expect(createReporter(away)()).rejects.toThrow();
  expect(readMetricLines(output())).toEqual([]);
});

it('emits the size of the counter item once it is crowded', async () => {
  const { client, tables } = database();
  await visitAt(database(), minutesAgo(20), ['c', 'd', 'e']);
  const output = captureOutput();
  // As large as with the checkpoints of a few hundred shards.
  for (const kilobytes of [90, 110]) {
    const Item = {
      [COUNTER.name]: DISTINCT_SESSIONS,
      [COUNTER.total]: 7,
      rest: 'x'.repeat(kilobytes * 1_024),
    };
    await client.send(new PutCommand({ TableName: tables.COUNTS_TABLE, Item }));
    await createReporter({})();
  }
  await client.send(
    new DeleteCommand({
      TableName: tables.COUNTS_TABLE,
      Key: { [COUNTER.name]: DISTINCT_SESSIONS },
    }),
  );
  expect(readMetricLines(output()).map(({ metrics }) => metrics)).toEqual([
    { DistinctSessions: 7, ActiveSessions: 3 },
    { DistinctSessions: 7, ActiveSessions: 3, CounterItemBytes: 112 * 1_024 },
  ]);
});

it('emits the size of the largest item among the watched counters', async () => {
  const fresh = await openFreshTables(database());
  const Item = { [COUNTER.name]: counterKey('blog/first'), rest: 'x'.repeat(110 * 1_024) };
  await fresh.client.send(new PutCommand({ TableName: fresh.tables.COUNTS_TABLE, Item }));
  const output = captureOutput();
  await createReporter({ ...fresh.tables, WATCHED_COUNTERS: 'blog/first' }, fresh)();
  expect(readMetricLines(output()).map(({ metrics }) => metrics)).toEqual([
    { DistinctSessions: 0, ActiveSessions: 0, CounterItemBytes: 112 * 1_024 },
    { DistinctSessions: 0, ActiveSessions: 0 },
  ]);
});

it('cannot be created with a name that a metric cannot have', () => {
  expect(() => createReporter({ COUNTER_NAME: 'my page' })).toThrow('COUNTER_NAME must be');
});

const MAPPING = { STREAM_MAPPING_ID: 'mapping-1' };

const useMappings = async (mappings: FakeMappings | 'silent'): Promise<void> => {
  vi.stubEnv('AWS_ENDPOINT_URL_LAMBDA', await startLambda(mappings));
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
};

const reportOf = async (env: Record<string, string> = MAPPING): Promise<object> => {
  const output = captureOutput();
  await createReporter(env)().catch(() => undefined);
  return Object.assign({}, ...readMetricLines(output()).map(({ metrics }) => metrics));
};

const COUNTS = { DistinctSessions: expect.any(Number), ActiveSessions: expect.any(Number) };

describe('for the event source mapping', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('emits nothing, which costs nothing, while it is enabled', async () => {
    await useMappings({ 'mapping-1': 'Enabled' });
    expect(await reportOf()).toEqual(COUNTS);
  });

  it('emits nothing when there is none to watch', async () => {
    await useMappings({});
    expect(await reportOf({})).toEqual(COUNTS);
  });

  it.each([
    ...['Disabled', 'Disabling', 'Deleting', 'Enabling', 'Creating', 'Updating'],
    'ResourceNotFoundException',
  ])('emits that it is down, in addition to the counts, when it is %s', async (state) => {
    await useMappings({ 'mapping-1': state });
    expect(await reportOf()).toEqual({ ...COUNTS, StreamMappingDown: 1 });
  });

  it.each(['AccessDeniedException', 'TooManyRequestsException', 'ServiceException'])(
    'emits the same, and the counts, when it cannot read the state: %s',
    async (error) => {
      await useMappings({ 'mapping-1': error });
      expect(await reportOf()).toEqual({ ...COUNTS, StreamMappingDown: 1 });
    },
  );

  it('gives up on a silent Lambda before its own timeout', async () => {
    await useMappings('silent');
    await withFastTimers(async () => {
      const started = Date.now();
      expect(await reportOf()).toEqual({ ...COUNTS, StreamMappingDown: 1 });
      expect(Date.now() - started).toBeLessThan(10_000);
    });
  });

  it('emits that it is down even when the counts cannot be read', async () => {
    await useMappings({ 'mapping-1': 'Disabled' });
    const report = await reportOf({ ...MAPPING, COUNTS_TABLE: 'gone' });
    expect(report).toEqual({ StreamMappingDown: 1 });
  });
});

describe('for the daily audit', () => {
  const lastAuditAt = async (hours: number): Promise<void> => {
    const at = minutesAgo(60 * hours);
    const { client, tables } = database();
    await writeAudit(client, tables.COUNTS_TABLE, { at, missing: 0, surplus: 0, uncertainty: 0 });
  };

  it('emits, after the counts, that it is overdue', async () => {
    await lastAuditAt(27);
    expect(await reportOf({ AUDIT_WITHIN_HOURS: '26' })).toEqual({ ...COUNTS, AuditOverdue: 1 });
  });

  it('emits nothing while it is not, or where none is expected', async () => {
    await lastAuditAt(25);
    expect(await reportOf({ AUDIT_WITHIN_HOURS: '26' })).toEqual(COUNTS);
    await lastAuditAt(1_000);
    expect(await reportOf({})).toEqual(COUNTS);
  });

  it('emits, after the counts, that it is overdue when its result cannot be read', async () => {
    await lastAuditAt(1);
    const client = createDocumentClient({
      endpoint: database().endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    client.middlewareStack.add((next) => async (args) => {
      if (JSON.stringify(args.input).includes(LAST_AUDIT)) throw new Error('unreadable');
      return next(args);
    });
    const output = captureOutput();
    await createReporter({ AUDIT_WITHIN_HOURS: '26' }, { client })();
    const metrics = readMetricLines(output()).map((line) => line.metrics);
    expect(metrics).toEqual([COUNTS, { AuditOverdue: 1 }]);
  });
});
