import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import { beforeAll, describe, expect, it } from 'vitest';
import { FUNCTION_LIMITS } from '../../infra/props/function-limits.ts';
import { InvalidPropError } from '../../infra/props/invalid-prop-error.ts';
import { SessionCounter } from '../../infra/session-counter.ts';
import { FUNCTIONS, type FunctionName } from '../../src/settings/function-name.ts';
import type { Environment } from '../../src/settings/readers.ts';
import {
  readAuditSettings,
  readIngestSettings,
  readProjectorSettings,
  readQuerySettings,
  readReporterSettings,
} from '../../src/settings/settings.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { emptyStack, type Synthesis, synthesize } from './synthesize.ts';

let synthesis: Synthesis;

beforeAll(() => {
  synthesis = synthesize({
    allowedOrigins: ['https://a.example', 'https://b.example'],
    activeWindow: Duration.minutes(30),
    activeShards: 16,
    touchInterval: Duration.minutes(2),
    activeReadUnitsPerSecond: 50,
    retention: Duration.days(90),
    batchingWindow: Duration.seconds(20),
  });
});

interface DeployedFunction {
  readonly Environment: { readonly Variables: Record<string, string> };
  readonly [property: string]: unknown;
}

const deployed = (name: FunctionName, from = synthesis): DeployedFunction =>
  from.properties('AWS::Lambda::Function', `Functions/${name}/Function`);

const environmentOf = (name: FunctionName, from?: Synthesis): Environment =>
  deployed(name, from).Environment.Variables;

// An attribute of the custom resource.
const FORMER = 'ActiveShards/Former/Default.FormerShards';
const UNTIL = '2026-11-28T13:00:00.000Z';

// Table names like those that AWS generates: unlike construct paths, they have no slash.
const named = (environment: Environment): Environment =>
  Object.fromEntries(
    Object.entries(environment).map(([key, text]) => [
      key,
      text === FORMER ? `20 until ${UNTIL}` : text?.replace('Tables/', ''),
    ]),
  );

describe.each(FUNCTIONS)('%s', (name) => {
  it('runs its bundle on Node 24 and ARM within its limits, and reserves nothing', () => {
    const { memoryMegabytes, timeoutSeconds } = FUNCTION_LIMITS[name];
    const { Code, Role, Environment, ...properties } = deployed(name);
    expect(properties).toEqual({
      Description: `session-counter ${name}`,
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      MemorySize: memoryMegabytes,
      Timeout: timeoutSeconds,
      LoggingConfig: {
        LogFormat: 'JSON',
        SystemLogLevel: 'WARN',
        LogGroup: `Functions/${name}/Log`,
      },
    });
  });
});

it('keeps each log for two weeks', () => {
  const groups = synthesis.ofType('AWS::Logs::LogGroup');
  expect(Object.keys(groups)).toEqual([
    ...['HashKey/Maker/Log', 'ActiveShards/Finder/Log'],
    ...FUNCTIONS.map((name) => `Functions/${name}/Log`),
    'Api/AccessLog',
  ]);
  for (const group of Object.values(groups)) {
    expect(group).toMatchObject({ Properties: { RetentionInDays: 14 }, DeletionPolicy: 'Delete' });
  }
});

it('gives each function its settings and no other', () => {
  const sessions = { SESSIONS_TABLE: 'Tables/Sessions' };
  const counts = { COUNTS_TABLE: 'Tables/Counts' };
  const origins = { ALLOWED_ORIGINS: 'https://a.example,https://b.example' };
  const window = { ACTIVE_WINDOW_MINUTES: '30', ACTIVE_SHARDS: '16' };
  const former = { FORMER_ACTIVE_SHARDS: FORMER };
  const name = { COUNTER_NAME: 'blog' };
  const rules = { RETENTION_DAYS: '90', TOUCH_INTERVAL_SECONDS: '120' };
  const key = { HASH_KEY_PARAMETER: expect.stringContaining('/CounterHashKeyGenerated') };
  const watched = { STREAM_MAPPING_ID: 'StreamMapping', AUDIT_WITHIN_HOURS: '26' };
  const hash = { HASH_SCHEME: 'hmac-sha256', ...key };
  expect(Object.fromEntries(FUNCTIONS.map((name) => [name, environmentOf(name)]))).toEqual({
    ingest: { ...sessions, ...origins, ...hash, ...name, ...rules, ...window },
    projector: { ...counts, ...name },
    query: {
      ...{ ...sessions, ...counts, ...origins, ...window, ...former },
      ACTIVE_READ_UNITS_PER_SECOND: '50',
    },
    reporter: { ...sessions, ...counts, ...window, ...former, ...name, ...watched },
    audit: { ...sessions, ...counts, ...name, BATCHING_WINDOW_SECONDS: '20' },
  });
});

it('gives settings that the functions themselves can read', () => {
  const tables = { sessionsTable: 'Sessions', countsTable: 'Counts' };
  const allowedOrigins = ['https://a.example', 'https://b.example'];
  const counterName = 'blog';
  const { sessionsTable, countsTable } = tables;
  const read = (name: FunctionName) => named(environmentOf(name));
  expect(readIngestSettings(read('ingest'))).toMatchObject({
    sessionsTable,
    allowedOrigins,
    counterName,
    hash: {
      scheme: 'hmac-sha256',
      key: { parameter: expect.stringMatching(/^\/session-counter\//) },
    },
    rules: { retentionDays: 90, touchIntervalSeconds: 120, activeShards: 16 },
  });
  expect(readProjectorSettings(read('projector'))).toEqual({ countsTable, counterName });
  expect(readQuerySettings(read('query'))).toMatchObject({
    ...tables,
    allowedOrigins,
    activeWindowMinutes: 30,
    activeReadUnitsPerSecond: 50,
    ...{ activeShards: 16, formerShards: { activeShards: 20, until: UNTIL } },
  });
  expect(readReporterSettings(read('reporter'))).toMatchObject({
    ...tables,
    counterName,
    activeWindowMinutes: 30,
    ...{ activeShards: 16, formerShards: { activeShards: 20, until: UNTIL } },
    streamMappingId: 'StreamMapping',
    auditWithinHours: 26,
  });
  expect(readAuditSettings(read('audit'))).toEqual({
    ...tables,
    counterName,
    batchingWindowSeconds: 20,
  });
});

describe('with counters beside that of the site', () => {
  const COUNTERS = 'about,blog/*';

  it('gives the functions their names, and ingest the table for those that patterns admit', () => {
    const counters = ['about', 'blog/*'];
    const many = synthesize({ counters, maxCounters: 20, watch: ['site', 'about'] });
    const { ingest, query, reporter } = Object.fromEntries(
      FUNCTIONS.map((name) => [name, environmentOf(name, many)]),
    );
    expect(ingest).toMatchObject({ COUNTERS, MAX_COUNTERS: '20', COUNTS_TABLE: 'Tables/Counts' });
    expect(readIngestSettings(named(ingest ?? {})).matchedNames?.maxCounters).toBe(20);
    expect(query).toMatchObject({ COUNTERS });
    expect(reporter).toMatchObject({ WATCHED_COUNTERS: 'site,about' });
  });

  it('gives ingest no table when it has no pattern', () => {
    const named = environmentOf('ingest', synthesize({ counters: ['about'] }));
    expect(named).toMatchObject({ COUNTERS: 'about' });
    expect(named).not.toHaveProperty('COUNTS_TABLE');
  });
});

it('keeps sessions forever on request', () => {
  const environment = named(environmentOf('ingest', synthesize({ retention: 'forever' })));
  expect(readIngestSettings(environment).rules.retentionDays).toBe(0);
});

it('tells the functions that count not to look for scripts on request', () => {
  const lenient = synthesize({ filterAutomation: false, legacyRoute: true });
  const settingsOf = (name: FunctionName) =>
    readIngestSettings(named(environmentOf(name, lenient))).filters;
  const filters = { bots: true, automation: false, prefetches: true, optOuts: true };
  expect([settingsOf('ingest'), settingsOf('legacy')]).toEqual([filters, filters]);
});

it('hashes without a key on request', () => {
  const environment = named(environmentOf('ingest', synthesize({ hashScheme: 'sha256' })));
  expect(readIngestSettings(environment).hash).toEqual({ scheme: 'sha256' });
});

it('reserves concurrency for the functions that are named', () => {
  const reserving = synthesize({ reservedConcurrency: { projector: 4 } });
  expect(deployed('projector', reserving)).toMatchObject({ ReservedConcurrentExecutions: 4 });
  expect(deployed('ingest', reserving)).not.toHaveProperty('ReservedConcurrentExecutions');
});

const addWith = (bundleFolder: string) =>
  new SessionCounter(emptyStack(), 'Counter', { bundleFolder });

it('throws when the bundle of a function is missing, and says how to build it', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'hash-key'));
  const message =
    'bundleFolder must be a folder with hash-key/index.mjs (in a checkout, npm run build writes it to ' +
    `dist), but it is ${JSON.stringify(folder)}`;
  expect(() => addWith(folder)).toThrow(InvalidPropError);
  expect(() => addWith(folder)).toThrow(message);
});
