import { setTimeout } from 'node:timers/promises';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { createIngestHandler } from '../../src/ingest/ingest-handler.ts';
import { createLegacyHandler } from '../../src/legacy/legacy-handler.ts';
import { httpApiEvent, type RequestFacts, restApiEvent } from '../support/api-events.ts';
import { browser, chrome } from '../support/browsers.ts';
import { useDatabase } from '../support/embedded-database.ts';
import { openFreshTables, project, untilCounted } from '../support/projected-database.ts';

const useFile = useDatabase();
const HASH_KEY = 'k'.repeat(32);
const ALLOWED = 'https://a.example';
const CONFIGURED = { ALLOWED_ORIGINS: ALLOWED };

const pageView = (facts: RequestFacts = {}) => httpApiEvent({ method: 'GET', path: '/', ...facts });

const open = async (env?: Record<string, string>) => {
  const database = await openFreshTables(useFile());
  const settings = { ...database.tables, HASH_KEY, ...env };
  const handler = createLegacyHandler(settings, database.client);
  const view = async (facts?: RequestFacts) => {
    const response = await handler(pageView(facts));
    return { ...response, body: JSON.parse(response.body) };
  };
  return { database, settings, handler, view };
};

describe('a page view', () => {
  it.each([httpApiEvent, restApiEvent])(
    'answers the three fields of the old counter',
    async (event) => {
      const { handler } = await open();
      const { statusCode, body } = await handler(event({ method: 'GET', path: '/' }));
      expect({ statusCode, body: JSON.parse(body) }).toEqual({
        statusCode: 200,
        body: { message: 'Session counted', unique_session_count: 0, active_sessions: 1 },
      });
    },
  );

  it('from a configured origin shows its visitor at once, and once when the visit is counted', async () => {
    const { database, view } = await open(CONFIGURED);
    const facts = { headers: { origin: ALLOWED } };
    const own = { unique_session_count: 1, active_sessions: 1 };
    for (let views = 0; views < 2; views += 1) expect((await view(facts)).body).toMatchObject(own);
    project(database);
    await untilCounted(database, { total: 1, removed: 0 });
    expect((await view(facts)).body).toMatchObject(own);
  });

  it('from a configured origin adds its visitor to active sessions that were counted before', async () => {
    const { view } = await open({ ...CONFIGURED, ACTIVE_READ_UNITS_PER_SECOND: '1' });
    const headers = { origin: ALLOWED };
    await view({ headers, userAgent: browser(2) });
    // A visit in the same millisecond may be among them.
    await setTimeout(5);
    const { body } = await view({ headers });
    expect(body).toMatchObject({ unique_session_count: 1, active_sessions: 2 });
  });

  it('counts a session once, however often its page is loaded', async () => {
    // Without a cache, in which the second visit would be missing for 0.4 seconds.
    const { database, view } = await open({ ACTIVE_READ_UNITS_PER_SECOND: '1000000' });
    project(database);
    for (const number of [1, 2, 1, 1, 2]) await view({ userAgent: browser(number) });
    await untilCounted(database, { total: 2, removed: 0 });
    expect((await view({ userAgent: browser(1) })).body).toMatchObject({
      unique_session_count: 2,
      active_sessions: 2,
    });
  });

  it.each([{}, { HASH_SCHEME: 'sha256' }])(
    'is a visit of the same session as POST /sessions, with %j',
    async (env) => {
      const { database, settings, view } = await open(env);
      await createIngestHandler(settings, database.client)(httpApiEvent());
      expect((await view()).body.active_sessions).toBe(1);
    },
  );

  it.each([
    { reason: 'bot', userAgent: 'Googlebot/2.1', setting: 'FILTER_BOTS' },
    { reason: 'automation', userAgent: chrome(), setting: 'FILTER_AUTOMATION' },
    { reason: 'prefetch', headers: { 'sec-purpose': 'prefetch' }, setting: 'FILTER_PREFETCH' },
    { reason: 'opt-out', headers: { 'sec-gpc': '1' }, setting: 'HONOR_OPT_OUT' },
  ])(
    'gets the numbers uncounted for $reason, unless $setting is false',
    async ({ reason, setting, ...facts }) => {
      const { view } = await open();
      expect(await view(facts)).toMatchObject({
        statusCode: 200,
        body: { message: `Session not counted: ${reason}`, active_sessions: 0 },
      });
      const lenient = await open({ [setting]: 'false' });
      expect((await lenient.view(facts)).body).toMatchObject({
        message: 'Session counted',
        active_sessions: 1,
      });
    },
  );

  it('from a page of another origin counts nothing and reveals no number', async () => {
    const { view } = await open({ ALLOWED_ORIGINS: ALLOWED });
    expect(await view({ headers: { origin: 'https://b.example' } })).toMatchObject({
      statusCode: 403,
      body: { message: 'This origin is not allowed to count visits.' },
    });
    expect((await view({ userAgent: 'curl/8' })).body.active_sessions).toBe(0);
  });

  it('without a key counts nothing and says so', async () => {
    const { view } = await open({ HASH_KEY: '' });
    const { statusCode, headers, body } = await view();
    expect({ statusCode, body, retryAfter: headers['Retry-After'] }).toEqual({
      statusCode: 503,
      body: { message: 'Visits cannot be counted: the hash key is missing.' },
      retryAfter: '5',
    });
  });
});

interface Example {
  readonly status: number;
  readonly to: string;
  readonly facts?: RequestFacts;
  readonly env?: Record<string, string>;
}

const EXAMPLES: readonly Example[] = [
  { status: 200, to: 'a visit' },
  { status: 200, to: 'a bot', facts: { userAgent: 'curl/8' } },
  { status: 403, to: 'another origin', facts: { headers: { origin: 'https://b.example' } } },
  { status: 404, to: 'another path', facts: { path: '/nowhere' } },
  { status: 405, to: 'POST', facts: { method: 'POST' } },
  { status: 405, to: 'HEAD', facts: { method: 'HEAD' } },
  { status: 500, to: 'a visit with an unreadable counter' },
  { status: 503, to: 'a visit without a key', env: { HASH_KEY: '' } },
  { status: 503, to: 'a visit without a sessions table', env: { SESSIONS_TABLE: 'away' } },
  { status: 503, to: 'a visit without a counts table', env: { COUNTS_TABLE: 'away' } },
];

describe.each(EXAMPLES)('the $status to $to', ({ status, facts, env }) => {
  it('has CORS headers and a message, and is never cached', async () => {
    const { database, handler } = await open({ ALLOWED_ORIGINS: ALLOWED, ...env });
    if (status === 500) await makeCounterUnreadable(database);
    const origin = facts?.headers?.origin ?? ALLOWED;
    const response = await handler(pageView({ ...facts, headers: { origin } }));
    expect(response).toMatchObject({
      statusCode: status,
      headers: {
        'Access-Control-Allow-Methods': 'GET',
        'Cache-Control': 'no-store',
        Vary: 'Origin',
      },
    });
    expect(response.headers['Access-Control-Allow-Origin']).toBe(
      origin === ALLOWED ? ALLOWED : undefined,
    );
    expect(JSON.parse(response.body).message).toMatch(/^[A-Z]/);
  });
});

// It makes the reading fail with an error that is not of AWS.
const makeCounterUnreadable = ({ client, tables }: ReturnType<typeof useFile>) => {
  const Item = { counter: 'distinct_sessions', '@=shard-a': 'unreadable' };
  return client.send(new PutCommand({ TableName: tables.COUNTS_TABLE, Item }));
};

it('answers a preflight request', async () => {
  const { handler } = await open();
  expect(await handler(pageView({ method: 'OPTIONS' }))).toMatchObject({
    statusCode: 204,
    headers: { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Methods': 'GET' },
  });
});

it('stops the start at a malformed setting of either part', () => {
  const { client, tables } = useFile();
  for (const env of [{ RETENTION_DAYS: 'long' }, { ACTIVE_READ_UNITS_PER_SECOND: 'many' }]) {
    const [name = ''] = Object.keys(env);
    expect(() => createLegacyHandler({ ...tables, ...env }, client)).toThrow(name);
  }
});
