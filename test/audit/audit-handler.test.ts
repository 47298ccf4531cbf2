import { setTimeout as delay } from 'node:timers/promises';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createAuditHandler } from '../../src/audit/audit-handler.ts';
import { readAudit } from '../../src/tables/audit-item.ts';
import { createDocumentClient } from '../../src/tables/document-client.ts';
import { clientOf } from '../support/answering-dynamodb.ts';
import { captureOutput } from '../support/captured-output.ts';
import { type TestDatabase, useDatabase } from '../support/embedded-database.ts';
import { type FailingDynamoDB, startFailingDynamoDB } from '../support/failing-dynamodb.ts';
import { withFastTimers } from '../support/fast-timers.ts';
import { readMetricLines } from '../support/metric-lines.ts';
import {
  injectDrift,
  openFreshTables,
  project,
  untilCounted,
  visitAt,
} from '../support/projected-database.ts';

const useFile = useDatabase();
let database: TestDatabase;
let failing: FailingDynamoDB;

beforeAll(async () => {
  failing = await startFailingDynamoDB(() => useFile().endpoint);
});

// As src/audit/lambda.ts creates it.
const failingClient = () =>
  createDocumentClient({
    endpoint: failing.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    retryMode: 'adaptive',
    maxAttempts: 10,
  });

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
const names = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, number) => `${prefix}-${number}`);

const remove = ({ client, tables }: TestDatabase, session_hash: string) =>
  client.send(new DeleteCommand({ TableName: tables.SESSIONS_TABLE, Key: { session_hash } }));

const auditDrift = async (): Promise<unknown> => {
  const output = captureOutput();
  const settings = { ...database.tables, COUNTER_NAME: 'my-page' };
  await createAuditHandler(settings, database.client, async () => undefined)();
  const [line] = readMetricLines(output());
  expect(line?.dimensions).toEqual({ service: 'my-page' });
  return line?.metrics;
};

describe('the audit', () => {
  beforeEach(async () => {
    database = await openFreshTables(useFile());
    project(database);
    await visitAt(database, daysAgo(3), names('old', 30));
    await untilCounted(database, { total: 30, removed: 0 });
  });

  it('finds no drift when the rows match the counter', async () => {
    expect(await auditDrift()).toEqual({ CounterDrift: 0, DriftUncertainty: 0 });
  });

  it('finds what is missing from the total, and what is surplus', async () => {
    await injectDrift(database, -2);
    expect(await auditDrift()).toEqual({ CounterDrift: 2, DriftUncertainty: 0 });
    await injectDrift(database, 5);
    expect(await auditDrift()).toEqual({ CounterDrift: 3, DriftUncertainty: 0 });
  });

  it('finds none during concurrent visits and deletions of new rows', async () => {
    let isOver = false;
    const visits = (async () => {
      for (let round = 0; !isOver; round += 1) {
        await visitAt(database, daysAgo(0), names(`new-${round}`, 3));
        await remove(database, `new-${round}-1`);
      }
    })();
    for (let audit = 0; audit < 5; audit += 1) {
      expect(await auditDrift()).toEqual({ CounterDrift: 0, DriftUncertainty: 0 });
    }
    isOver = true;
    await visits;
  });

  it('finds none after old and new rows were deleted', async () => {
    await visitAt(database, daysAgo(0), names('new', 4));
    for (const gone of ['old-1', 'old-2', 'new-3']) await remove(database, gone);
    await untilCounted(database, { total: 34, removed: 3 });
    expect(await auditDrift()).toEqual({ CounterDrift: 0, DriftUncertainty: 0 });
  });
});

describe('the result of an audit', () => {
  /** The lines that are logged as errors from now on. */
  const captureErrors = (): Record<string, unknown>[] => {
    const lines: Record<string, unknown>[] = [];
    vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'ERROR');
    vi.stubEnv('POWERTOOLS_DEV', 'true'); // logs through the console, which can be spied on
    const spy = vi.spyOn(console, 'error').mockImplementation((line) => {
      lines.push(JSON.parse(line));
    });
    onTestFinished(() => {
      spy.mockRestore();
      vi.unstubAllEnvs();
    });
    return lines;
  };

  it.each([4, 0])(
    'is stored when %i sessions are lost, and logged when any are',
    async (missing) => {
      database = await openFreshTables(useFile());
      await visitAt(database, daysAgo(3), names('lost', missing));
      const errors = captureErrors();
      captureOutput();
      await createAuditHandler({ ...database.tables }, database.client, async () => undefined)();
      const found = { missing, surplus: 0, uncertainty: 0 };
      const message = 'The rows and the counter disagree';
      expect(errors).toMatchObject(missing > 0 ? [{ service: 'audit', message, ...found }] : []);
      expect(await readAudit(database.client, database.tables.COUNTS_TABLE)).toEqual({
        ...{ ...found, at: expect.stringMatching(/^\d{4}-.*Z$/) },
      });
    },
  );
});

describe('an audit whose DynamoDB fails', () => {
  const contextOf = (remainingMs: number) => ({
    awsRequestId: 'request-1',
    getRemainingTimeInMillis: () => remainingMs,
  });

  it('has emitted the drift that it found when it cannot store it', async () => {
    database = await openFreshTables(useFile());
    await visitAt(database, daysAgo(3), names('lost', 4));
    failing.trouble = 'nothing';
    let waits = 0;
    const deny = async () => {
      waits += 1;
      if (waits > 2) failing.trouble = 'denied';
    };
    const settings = { ...database.tables, COUNTER_NAME: 'my-page' };
    const output = captureOutput();
    const audit = createAuditHandler(settings, failingClient(), deny);
    await expect(audit({}, contextOf(900_000))).rejects.toThrow();
    expect(readMetricLines(output())).toMatchObject([{ metrics: { CounterDrift: 4 } }]);
  });

  it('throws before Lambda’s timeout when it could not compare', async () => {
    failing.trouble = 'silent';
    const audit = createAuditHandler({ ...useFile().tables }, failingClient());
    await withFastTimers(async () => {
      const started = Date.now();
      // Two seconds, plus the ten that are reserved for what follows.
      await expect(audit({}, contextOf(12_000))).rejects.toMatchObject({
        name: 'OutOfTimeError',
        message: expect.stringContaining('could not be compared within 2 s'),
      });
      expect(Date.now() - started).toBeLessThan(10_000);
    });
  });

  it('stops scanning when its time is over', async () => {
    let pages = 0;
    const endless = await clientOf(({ Segment }) => {
      if (Segment === undefined) return { Items: [] };
      pages += 1;
      return { Items: [], LastEvaluatedKey: { session_hash: { S: `${pages}` } } };
    });
    const audit = createAuditHandler({ ...useFile().tables }, endless);
    await expect(audit({}, contextOf(10_200))).rejects.toMatchObject({ name: 'OutOfTimeError' });
    const read = pages;
    await delay(100);
    // The requested page may still arrive.
    expect(pages).toBeLessThanOrEqual(read + 1);
    expect(read).toBeGreaterThan(0);
  });

  it('does not start when there is no time left', async () => {
    const audit = createAuditHandler({ ...useFile().tables }, failingClient());
    await expect(audit({}, contextOf(5_000))).rejects.toMatchObject({ name: 'OutOfTimeError' });
  });
});

it('throws when the tables cannot be read, so that the alarm goes off', async () => {
  const settings = { SESSIONS_TABLE: 'away', COUNTS_TABLE: 'gone', COUNTER_NAME: 'my-page' };
  const audit = createAuditHandler(settings, useFile().client, async () => undefined);
  await expect(audit()).rejects.toThrow();
});
