import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../src/runtime/aws-client.ts';
import type { FunctionName } from '../../../src/settings/function-name.ts';
import { httpApiEvent } from '../../support/api-events.ts';
import { startCountingServer } from '../../support/counting-server.ts';
import { FORMER, fromEdge, SECRET } from '../../support/edge-handlers.ts';
import { useDatabase } from '../../support/embedded-database.ts';
import { type Behaviour, startKeyStores } from '../../support/fake-key-stores.ts';
import { startBundle } from './started-bundle.ts';

const database = useDatabase();

const environment = () => ({
  ...{ AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' },
  ...{ AWS_LAMBDA_FUNCTION_NAME: 'f', AWS_ENDPOINT_URL_DYNAMODB: database().endpoint },
  ...database().tables,
});

/** A container whose key is in a parameter, in a store that behaves as given while it starts. */
const startWithKey = async (name: FunctionName = 'ingest', behaviour?: Behaviour) => {
  const stores = await startKeyStores({ '/key': 'k'.repeat(64) }, behaviour);
  const key = { AWS_ENDPOINT_URL_SSM: stores.url, HASH_KEY_PARAMETER: '/key' };
  return { stores, container: await startBundle(name, { ...environment(), ...key }) };
};

const visit = httpApiEvent();
const view = httpApiEvent({ method: 'GET', path: '/' });
const READ_KEY = 'GetParameter';

describe.each([
  { name: 'ingest', event: visit, counted: 202 },
  { name: 'legacy', event: view, counted: 200 },
] as const)('a container of $name', ({ name, event, counted }) => {
  it('reads the key once, before its first visit, for all visits', async () => {
    const { stores, container } = await startWithKey(name);
    expect(stores.asked).toEqual([READ_KEY]);
    for (let visits = 0; visits < 2; visits += 1)
      expect(await container.call(event)).toMatchObject({ statusCode: counted });
    expect(stores.asked).toEqual([READ_KEY]);
    expect(await container.end()).toEqual({ code: 0, errors: '' });
  });

  it('starts while the key cannot be read, and counts as soon as it can', async () => {
    const { stores, container } = await startWithKey(name, 'denied');
    expect(await container.call(event)).toMatchObject({
      statusCode: 503,
      headers: { 'Retry-After': '5' },
    });
    stores.behaviour = undefined;
    expect(await container.call(event)).toMatchObject({ statusCode: counted });
    const { errors } = await container.end();
    expect(errors.match(/The key of HASH_KEY_PARAMETER cannot be read/g)).toHaveLength(2);
  });

  it('starts while the store of the key is silent, and its first visit waits for the key', async () => {
    const { stores, container } = await startWithKey(name, 'silent');
    stores.behaviour = undefined;
    expect(await container.call(event)).toMatchObject({ statusCode: counted });
    expect(await container.end()).toEqual({ code: 0, errors: '' });
  });
});

describe('a container of ingest', () => {
  it('counts after it was frozen with requests that nobody answered, for longer than their limits', async () => {
    const { stores, container } = await startWithKey('ingest', 'silent');
    stores.behaviour = undefined;
    await container.freeze(LIMITS.otherServices.connectMs + LIMITS.otherServices.answerMs);
    expect(await container.call(visit)).toMatchObject({ statusCode: 202 });
    expect(await container.end()).toEqual({ code: 0, errors: '' });
  });

  it('asks no store for a key that is in its environment, and none without a key', async () => {
    const { url, asked } = await startKeyStores({});
    const stores = { AWS_ENDPOINT_URL_SSM: url, AWS_ENDPOINT_URL_SECRETS_MANAGER: url };
    const env = { ...environment(), ...stores };
    const given = await startBundle('ingest', { ...env, HASH_KEY: 'k'.repeat(32) });
    const keyless = await startBundle('ingest', env);
    expect((await given.call(visit)).statusCode).toBe(202);
    expect((await keyless.call(visit)).statusCode).toBe(503);
    expect(asked).toEqual([]);
  });

  it('opens a connection to DynamoDB before its first visit, and writes nothing', async () => {
    const { endpoint, requests, connections } = await startCountingServer();
    const settings = { HASH_KEY: 'k'.repeat(32), AWS_ENDPOINT_URL_DYNAMODB: endpoint };
    const { call } = await startBundle('ingest', { ...environment(), ...settings });
    expect(requests).toEqual(['GET /']);
    await call(visit);
    expect(requests).toEqual(['GET /', 'POST / UpdateItem']);
    expect(connections()).toBe(1);
  });
});

describe('a container of query', () => {
  it('has counted the active sessions before its first request, which reads only the total', async () => {
    const { endpoint, requests } = await startCountingServer();
    const env = { ...environment(), AWS_ENDPOINT_URL_DYNAMODB: endpoint, ACTIVE_SHARDS: '1' };
    const { call } = await startBundle('query', env);
    expect(requests).toEqual(['POST / Query']);
    await call(httpApiEvent({ method: 'GET', path: '/counts' }));
    expect(requests.slice(0, 2)).toEqual(['POST / Query', 'POST / GetItem']);
  });

  it('starts while DynamoDB is down, logs nothing, and ends when nobody calls it', async () => {
    const env = { ...environment(), AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:9' };
    const { end } = await startBundle('query', env);
    expect(await end()).toEqual({ code: 0, errors: '' });
  });
});

describe.each([
  { name: 'ingest', facts: {} },
  { name: 'query', facts: { method: 'GET', path: '/counts' } },
  { name: 'legacy', facts: { method: 'GET', path: '/' } },
] as const)('a container of $name behind an edge', ({ name, facts }) => {
  const start = async (behaviour?: Behaviour) => {
    const stores = await startKeyStores({ edge: SECRET, 'edge AWSPREVIOUS': FORMER }, behaviour);
    const edge = { AWS_ENDPOINT_URL_SECRETS_MANAGER: stores.url, EDGE_SECRET_ID: 'edge' };
    const env = { ...environment(), ...edge, HASH_KEY: 'k'.repeat(32) };
    return { stores, container: await startBundle(name, env) };
  };
  const ask = (secret: string) =>
    httpApiEvent({ ...facts, headers: fromEdge('203.0.113.80:1', secret) });
  const READ_BOTH = ['GetSecretValue', 'GetSecretValue'];

  it('reads both secrets once, before its first request, for all requests', async () => {
    const { stores, container } = await start();
    expect(stores.asked).toEqual(READ_BOTH);
    for (const secret of [SECRET, FORMER])
      expect((await container.call(ask(secret))).statusCode).toBeLessThan(300);
    expect((await container.call(ask('forged'))).statusCode).toBe(403);
    expect(stores.asked).toEqual(READ_BOTH);
    expect(await container.end()).toEqual({ code: 0, errors: '' });
  });

  it('starts while they cannot be read, and answers nobody until they can', async () => {
    const { stores, container } = await start('denied');
    const refused = { statusCode: 503, headers: { 'Retry-After': '5' } };
    expect(await container.call(ask(SECRET))).toMatchObject(refused);
    stores.behaviour = undefined;
    expect((await container.call(ask(SECRET))).statusCode).toBeLessThan(300);
    const { errors } = await container.end();
    expect(errors.match(/The edge secret of EDGE_SECRET_ID cannot be read/g)).toHaveLength(2);
  });
});

it('a first visitor of legacy is among the active sessions', async () => {
  const address = '203.0.113.99';
  const { container } = await startWithKey('legacy');
  const before = JSON.parse((await container.call(view)).body).active_sessions;
  const { container: next } = await startWithKey('legacy');
  const facts = { method: 'GET', path: '/', address };
  const { body } = await next.call(httpApiEvent(facts));
  expect(JSON.parse(body).active_sessions).toBe(before + 1);
});
