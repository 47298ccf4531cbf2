import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { bundleFunction, type FunctionName } from '../../infra/bundles.ts';
import { httpApiEvent } from '../support/api-events.ts';
import { useDatabase } from '../support/embedded-database.ts';
import { startSecretsManager } from '../support/fake-secrets-manager.ts';
import { readMetricLines } from '../support/metric-lines.ts';
import { inserted } from '../support/stream-records.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const database = useDatabase();

const WIDGET = 'export {};';

const RUNTIME = `
  const { handler } = await import('./index.mjs');
  const event = JSON.parse(await new Response(process.stdin).text());
  const answer = await handler(event, { getRemainingTimeInMillis: () => 10_000 });
  console.log(JSON.stringify({ answer }));
`;

/** Starts the bundle alone in an empty folder, as Lambda does, and gives it one event. */
const invoke = async (name: FunctionName, event: object, env: Record<string, string> = {}) => {
  const folder = join(temporaryFolder(), name);
  mkdirSync(folder);
  writeFileSync(join(folder, 'index.mjs'), (await bundleFunction(name)).text);
  if (name === 'query') writeFileSync(join(folder, 'widget.js'), WIDGET);
  const child = spawn(process.execPath, ['--input-type=module', '--eval', RUNTIME], {
    cwd: folder,
    env: { ...roleOf(name), ...database().tables, COUNTER_NAME: 'my-page', ...env },
  });
  child.stdin.end(JSON.stringify(event));
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  expect(errors).toBe('');
  return {
    ...JSON.parse(output.trim().split('\n').at(-1) ?? ''),
    metrics: readMetricLines(output),
  };
};

// What Lambda puts into the environment of a function.
const roleOf = (name: string) => ({
  AWS_LAMBDA_FUNCTION_NAME: name,
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_SESSION_TOKEN: 'local',
  AWS_ENDPOINT_URL_DYNAMODB: database().endpoint,
});

describe('the deployed bundle, alone in a folder,', () => {
  it('of ingest counts a visit, with the key from Secrets Manager', async () => {
    const secrets = { AWS_ENDPOINT_URL_SECRETS_MANAGER: '', HASH_KEY_SECRET_ID: 'the-key' };
    secrets.AWS_ENDPOINT_URL_SECRETS_MANAGER = await startSecretsManager({
      'the-key': 'k'.repeat(64),
    });
    const { answer, metrics } = await invoke('ingest', httpApiEvent(), secrets);
    expect(answer).toMatchObject({ statusCode: 202, body: '{"counted":true}' });
    expect(metrics).toMatchObject([{ metrics: { Visits: 1, Counted: 1 } }]);
  });

  it('of the projector counts a batch, once', async () => {
    const batch = { shardId: 'shard-a', Records: [inserted(1, new Date().toISOString())] };
    const counted = { state: {}, batchItemFailures: [] };
    const first = await invoke('projector', batch);
    const again = await invoke('projector', batch);
    expect([first.answer, again.answer]).toEqual([counted, counted]);
    expect([...first.metrics, ...again.metrics]).toMatchObject([
      { metrics: { NewSessions: 1, DuplicatesSkipped: 0 } },
      { metrics: { NewSessions: 0, DuplicatesSkipped: 1 } },
    ]);
  });

  it('of query answers with both numbers', async () => {
    const { answer } = await invoke('query', httpApiEvent({ method: 'GET', path: '/counts' }));
    expect(answer.statusCode).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({ unique_session_count: 1, active_sessions: 1 });
  });

  it('of query serves the widget that lies beside it', async () => {
    const { answer } = await invoke('query', httpApiEvent({ method: 'GET', path: '/widget.js' }));
    expect(answer).toMatchObject({ statusCode: 200, body: WIDGET });
  });

  it('of the reporter emits both numbers', async () => {
    const { metrics } = await invoke('reporter', {});
    expect(metrics).toMatchObject([{ metrics: { DistinctSessions: 1, ActiveSessions: 1 } }]);
  });

  it('of the audit finds no drift', async () => {
    const { metrics } = await invoke('audit', {});
    expect(metrics).toMatchObject([{ metrics: { CounterDrift: 0 } }]);
  });
});
