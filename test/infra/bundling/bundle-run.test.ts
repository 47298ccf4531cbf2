import { spawn } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { BundleName } from '../../../infra/bundling/bundle-names.ts';
import { httpApiEvent } from '../../support/api-events.ts';
import { useDatabase } from '../../support/embedded-database.ts';
import { startCloudFormation } from '../../support/fake-cloudformation.ts';
import { startCloudWatch } from '../../support/fake-cloudwatch.ts';
import { startKeyStores } from '../../support/fake-key-stores.ts';
import { startLambda } from '../../support/fake-lambda.ts';
import { startSns } from '../../support/fake-sns.ts';
import { readMetricLines } from '../../support/metric-lines.ts';
import { inserted } from '../../support/stream-records.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { bundleOnce } from './bundle-once.ts';

const database = useDatabase();

const WIDGET = 'export {};';
const SERVICE = { service: 'my-page' };

const watching = async (state: string) => ({
  STREAM_MAPPING_ID: 'mapping-1',
  AWS_ENDPOINT_URL_LAMBDA: await startLambda({ 'mapping-1': state }),
});

const REQUEST_ID = '8f5e3a52-3c5b-4b54-9d6f-6d2a3f0c9b11';

// The last line is the result, or the class of the error, as the runtime of Lambda logs it.
const RUNTIME = `
  const report = (end) => console.log(JSON.stringify(end));
  const { text } = process.getBuiltinModule('node:stream/consumers');
  const event = JSON.parse(await text(process.stdin));
  const context = { awsRequestId: '${REQUEST_ID}', getRemainingTimeInMillis: () => 60_000 };
  try {
    const { handler } = await import('./index.mjs');
    const answer = await handler(event, context);
    report({ answer, hasUndici: process.moduleLoadList.some((name) => /undici/.test(name)) });
  } catch (error) {
    report({ errorType: error?.constructor?.name, errorMessage: error?.message });
  }
  process.exit();
`;

/** Runs the bundle alone in an empty folder, as Lambda does, with one event. */
const run = async (name: BundleName, event: object, env: Record<string, string> = {}) => {
  const folder = join(temporaryFolder(), name);
  mkdirSync(folder);
  writeFileSync(join(folder, 'index.mjs'), (await bundleOnce(name)).text);
  if (name === 'query') writeFileSync(join(folder, 'widget.js'), WIDGET);
  if (['hash-key', 'active-shards', 'audit', 'digest'].includes(name))
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  const child = spawn(process.execPath, ['--input-type=module', '--eval', RUNTIME], {
    cwd: folder,
    env: { ...roleOf(name), ...database().tables, COUNTER_NAME: 'my-page', ...env },
  });
  child.stdin.end(JSON.stringify(event));
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return {
    ...JSON.parse(output.trim().split('\n').at(-1) ?? ''),
    metrics: readMetricLines(output),
    errors,
  };
};

/** Like `run`, for an event that must log no error. */
const invoke = async (...args: Parameters<typeof run>) => {
  const { errors, ...end } = await run(...args);
  expect(errors).toBe('');
  return end;
};

// The variables that Lambda sets for a function.
const roleOf = (name: string) => ({
  AWS_LAMBDA_FUNCTION_NAME: name,
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_SESSION_TOKEN: 'local',
  AWS_ENDPOINT_URL_DYNAMODB: database().endpoint,
});

describe('the deployed bundle, alone in a folder,', () => {
  it.each([
    { place: 'Systems Manager', setting: 'HASH_KEY_PARAMETER', service: 'SSM' },
    { place: 'Secrets Manager', setting: 'HASH_KEY_SECRET_ID', service: 'SECRETS_MANAGER' },
  ])('of ingest counts a visit, with the key from $place', async ({ setting, service }) => {
    const { url } = await startKeyStores({ 'the-key': 'k'.repeat(64) });
    const key = { [`AWS_ENDPOINT_URL_${service}`]: url, [setting]: 'the-key' };
    const { answer, metrics } = await invoke('ingest', httpApiEvent(), key);
    expect(answer).toMatchObject({ statusCode: 202, body: '{"counted":true}' });
    expect(metrics).toMatchObject([{ metrics: { Visits: 1, Counted: 1 } }]);
  });

  it.each([
    ['ingest', httpApiEvent(), { HASH_KEY: 'k'.repeat(64) }],
    ['query', httpApiEvent({ method: 'GET', path: '/counts' }), {}],
  ] as const)('of %s does not load undici', async (name, event, env) => {
    expect(await invoke(name, event, env)).toMatchObject({
      answer: { statusCode: expect.any(Number) },
      hasUndici: false,
    });
  });

  it('of the maker of the hash key makes one, with the SDK of the runtime', async () => {
    const keys: Record<string, string> = {};
    const { url } = await startKeyStores(keys);
    const { url: ResponseURL, responses } = await startCloudFormation();
    const request = { RequestType: 'Create', ResponseURL, StackId: 's', RequestId: 'r' };
    const ResourceProperties = { ParameterName: '/the/key' };
    const event = { ...request, LogicalResourceId: 'Key', ResourceProperties };
    const { answer, errors } = await run('hash-key', event, { AWS_ENDPOINT_URL_SSM: url });
    expect({ answer, errors }).toEqual({ answer: undefined, errors: '' });
    expect(keys['/the/key']).toHaveLength(64);
    expect(responses).toMatchObject([{ Status: 'SUCCESS' }]);
  });

  it('of the finder of former partitions asks the index, and responds', async () => {
    const { url: ResponseURL, responses } = await startCloudFormation();
    const request = { RequestType: 'Update', ResponseURL, StackId: 's', RequestId: 'r' };
    const SessionsTable = database().tables.SESSIONS_TABLE;
    const event = {
      ...{ ...request, LogicalResourceId: 'Shards', PhysicalResourceId: 'active-shards' },
      ResourceProperties: { ActiveShards: '1', SessionsTable },
      OldResourceProperties: { ActiveShards: '4', SessionsTable },
    };
    expect(await invoke('active-shards', event)).toMatchObject({ metrics: [] });
    const Data = { FormerShards: expect.stringMatching(/^4 until 20/) };
    expect(responses).toMatchObject([{ Status: 'SUCCESS', Data }]);
  });

  it('of legacy counts a visit and answers with both numbers', async () => {
    const event = httpApiEvent({ method: 'GET', path: '/', address: '203.0.113.8' });
    const { answer, metrics } = await invoke('legacy', event, { HASH_KEY: 'k'.repeat(64) });
    expect(answer.statusCode).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({ unique_session_count: 0, active_sessions: 2 });
    expect(metrics).toMatchObject([{ metrics: { Visits: 1, Counted: 1 } }]);
  });

  it('of the projector counts a batch, once', async () => {
    const batch = { shardId: 'shard-a', Records: [inserted(1, new Date().toISOString())] };
    const counted = { state: {}, batchItemFailures: [] };
    const first = await invoke('projector', batch);
    const again = await invoke('projector', batch);
    expect([first.answer, again.answer]).toEqual([counted, counted]);
    expect([...first.metrics, ...again.metrics]).toMatchObject([
      { metrics: { NewSessions: 1 } },
      { metrics: { NewSessions: 0, DuplicatesSkipped: 1 } },
    ]);
  });

  it('of query answers with both numbers', async () => {
    const { answer } = await invoke('query', httpApiEvent({ method: 'GET', path: '/counts' }));
    expect(answer.statusCode).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({ unique_session_count: 1, active_sessions: 2 });
  });

  it('of query serves the widget in its folder', async () => {
    const { answer } = await invoke('query', httpApiEvent({ method: 'GET', path: '/widget.js' }));
    expect(answer).toMatchObject({ statusCode: 200, body: WIDGET });
  });

  it('of the reporter emits both numbers, and nothing about a mapping that is enabled', async () => {
    const { metrics } = await invoke('reporter', {}, await watching('Enabled'));
    expect(metrics).toMatchObject([{ metrics: { DistinctSessions: 1, ActiveSessions: 2 } }]);
  });

  it('of the reporter reports a mapping that is gone, in a metric and in its log', async () => {
    const gone = await watching('ResourceNotFoundException');
    const { metrics, errors } = await run('reporter', {}, gone);
    expect(metrics).toHaveLength(2);
    expect(metrics).toContainEqual(
      expect.objectContaining({ metrics: { StreamMappingDown: 1 }, dimensions: SERVICE }),
    );
    expect(JSON.parse(errors)).toMatchObject({ state: 'Gone', function_request_id: REQUEST_ID });
  });

  it('of the digest publishes it', async () => {
    const topic = 'arn:aws:sns:us-east-1:123456789012:alarms';
    const sns = await startSns(topic);
    const { answer } = await invoke(
      'digest',
      {},
      {
        ...{ DIGEST_TOPIC: topic, DIGEST_API_ID: 'api1', DIGEST_FUNCTIONS: 'ingest:512' },
        AWS_ENDPOINT_URL_SNS: sns.url,
        AWS_ENDPOINT_URL_CLOUDWATCH: (await startCloudWatch({})).url,
      },
    );
    expect(answer).toBeUndefined();
    expect(sns.published).toMatchObject([{ subject: expect.stringMatching(/^my-page: week of /) }]);
  });

  it('of the audit finds no drift', async () => {
    const { metrics } = await invoke('audit', {});
    expect(metrics).toMatchObject([{ metrics: { CounterDrift: 0 } }]);
  });
});

describe('an error in a deployed, minified bundle', () => {
  const away = { AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:9' };

  it('is logged with its message and the id of its request', async () => {
    const { answer, errors } = await run('ingest', httpApiEvent(), {
      ...away,
      HASH_KEY: 'k'.repeat(32),
    });
    expect(answer.statusCode).toBe(503);
    expect(JSON.parse(errors)).toMatchObject({
      level: 'ERROR',
      service: 'ingest',
      function_request_id: REQUEST_ID,
      error: { message: expect.stringContaining('ECONNREFUSED') },
    });
  });

  it.each([
    ['an error of ours', 'projector', { Records: [] }, {}, 'MissingShardIdError'],
    ['a setting', 'query', {}, { ACTIVE_SHARDS: 'many' }, 'SettingError'],
    ['an error of AWS', 'audit', {}, { COUNTS_TABLE: 'gone' }, 'ResourceNotFoundException'],
    ['an error of AWS', 'reporter', {}, { SESSIONS_TABLE: 'gone' }, 'ResourceNotFoundException'],
  ] as const)(
    'is thrown to Lambda with the name of its class: %s in %s',
    async (_, name, event, env, type) => {
      const { errorType, errorMessage } = await run(name, event, env);
      expect({ errorType, errorMessage }).toEqual({
        errorType: type,
        errorMessage: expect.stringMatching(/\w/),
      });
    },
  );
});
