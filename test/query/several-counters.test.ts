import { beforeAll, describe, expect, it } from 'vitest';
import { createCapacityMeter } from '../../measure/capacity-meter.ts';
import { localConnection } from '../../src/local/database.ts';
import { startProjection } from '../../src/local/projection.ts';
import { createQueryHandler } from '../../src/query/query-handler.ts';
import { createDocumentClient } from '../../src/tables/document-client.ts';
import { httpApiEvent } from '../support/api-events.ts';
import { useDatabase } from '../support/embedded-database.ts';
import { type FailingDynamoDB, startFailingDynamoDB } from '../support/failing-dynamodb.ts';
import { untilCounted, visitAt } from '../support/projected-database.ts';

const database = useDatabase();
const MANY = Array.from({ length: 48 }, (_, page) => `list/${page}`);
const COUNTERS = ['about', 'empty', 'blog/*', ...MANY].join(',');

let dynamodb: FailingDynamoDB;

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

beforeAll(async () => {
  dynamodb = await startFailingDynamoDB(() => database().endpoint);
  await visitAt(database(), minutesAgo(90), ['s1', 's2', 's3']);
  await visitAt(database(), minutesAgo(20), ['s4']);
  await visitAt(database(), minutesAgo(90), ['a1'], 'about');
  await visitAt(database(), minutesAgo(20), ['a2'], 'about');
  await visitAt(database(), minutesAgo(20), ['b1', 'b2', 'b3'], 'blog/first');
  const { stop } = startProjection({ ...database().tables }, database());
  await untilCounted(database(), { total: 4 });
  await untilCounted(database(), { total: 2 }, 'about');
  await untilCounted(database(), { total: 3 }, 'blog/first');
  await stop();
});

type Query = Readonly<Record<string, string | undefined>>;

/** A container of the function, which has served no request yet. */
const startContainer = () => {
  dynamodb.trouble = 'nothing';
  const client = createDocumentClient(localConnection(dynamodb.endpoint));
  const env = { ...database().tables, COUNTERS, ALLOWED_ORIGINS: ORIGIN };
  const handler = createQueryHandler(env, client, '');
  const meter = createCapacityMeter(client);
  const read = async (path: string, query: Query = {}) => {
    const event = httpApiEvent({ method: 'GET', path, headers: { origin: ORIGIN } });
    const queryStringParameters = { ...query };
    const { body, ...response } = await handler({ ...event, queryStringParameters });
    return { ...response, body: body.startsWith('{') ? JSON.parse(body) : body };
  };
  const readCounts = (query: Query) => read('/counts', query);
  const unitsOf = async (query: Query) => {
    const { requests, readUnits } = await meter(() => readCounts(query));
    return { requests, readUnits };
  };
  return { read, readCounts, unitsOf, meter };
};

const ORIGIN = 'https://a.example';
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
const UNTIL = { counted_until: TIME, active_until: TIME };
const COMMON = { active_window_minutes: 60, as_of: TIME };

describe('GET /counts', () => {
  it.each([
    { query: {}, total: 4, active: 1 },
    { query: { counter: 'site' }, total: 4, active: 1 },
    { query: { counter: 'about' }, total: 2, active: 1 },
    { query: { counter: 'blog/first,blog/first' }, total: 3, active: 3 },
    { query: { counter: 'empty' }, total: 0, active: 0 },
    { query: { counter: 'blog/never' }, total: 0, active: 0 },
  ])('returns both numbers of one counter: $query', async ({ query, total, active }) => {
    const { statusCode, body } = await startContainer().readCounts(query);
    expect({ statusCode, body }).toEqual({
      statusCode: 200,
      body: { unique_session_count: total, active_sessions: active, ...COMMON, ...UNTIL },
    });
  });

  it('returns of several counters what was asked for, and leaves out unknown and invalid ones', async () => {
    const { body } = await startContainer().readCounts({
      counter: 'site,blog/first,nobody/knows,/blog/',
      total: 'about,empty,blog/first,unknown',
    });
    expect(body).toEqual({
      counters: {
        site: { unique_session_count: 4, active_sessions: 1, ...UNTIL },
        'blog/first': { unique_session_count: 3, active_sessions: 3, ...UNTIL },
        about: { unique_session_count: 2, counted_until: TIME },
        empty: { unique_session_count: 0, counted_until: TIME },
      },
      ...COMMON,
    });
  });

  it('returns totals alone, without the site', async () => {
    const { body, headers } = await startContainer().readCounts({ total: 'about' });
    expect(body).toEqual({
      counters: { about: { unique_session_count: 2, counted_until: TIME } },
      ...COMMON,
    });
    expect(headers['Cache-Control']).toBe('no-store');
  });

  it('may be cached until the active sessions would be counted again', async () => {
    const { headers } = await startContainer().readCounts({
      counter: 'site,about,blog/first,empty,list/1,list/2,list/3,list/4',
    });
    // Eight partitions of half a unit each, at one unit a second, less the time until the response.
    expect(headers['Cache-Control']).toMatch(/^public, max-age=[23]$/);
  });

  it('says that active sessions which were not counted lack everybody', async () => {
    const { body } = await startContainer().readCounts({ counter: 'blog/never' });
    const lackedMs = Date.parse(body.as_of) - Date.parse(body.active_until);
    expect(lackedMs).toBe(60 * 60_000 - 1);
  });
});

describe('an invalid request', () => {
  const names = (count: number) => Array.from({ length: count }, (_, i) => `blog/${i}`).join(',');
  it.each([
    { path: '/counts', query: { counter: 'a b' }, status: 400, message: /^counter must be names/ },
    { path: '/counts', query: { total: 'a b,,' }, status: 400, message: /^total must be names/ },
    { path: '/counts', query: { counter: names(11) }, status: 400, message: /at most 10 names/ },
    { path: '/counts', query: { total: names(51) }, status: 400, message: /at most 50 names/ },
    { path: '/counts', query: { counter: 'unknown' }, status: 404, message: /COUNTERS/ },
    { path: '/counts', query: { counter: 'x', total: 'y' }, status: 404, message: /COUNTERS/ },
    { path: '/history', query: { counter: 'unknown' }, status: 404, message: /COUNTERS/ },
    { path: '/history', query: { counter: 'about,site' }, status: 400, message: /one name/ },
    { path: '/badge.svg', query: { counter: 'unknown' }, status: 404, message: /COUNTERS/ },
    { path: '/badge.svg', query: { counter: 'about,site' }, status: 400, message: /one name/ },
  ])('to $path gets $status with CORS headers: $message', async ({ path, query, ...expected }) => {
    const { statusCode, headers, body } = await startContainer().read(path, query);
    expect(statusCode).toBe(expected.status);
    expect(body.message).toMatch(expected.message);
    expect(headers).toMatchObject({
      'Access-Control-Allow-Origin': ORIGIN,
      'Cache-Control': 'no-store',
    });
  });

  it('reads nothing', async () => {
    const { unitsOf } = startContainer();
    const query = { counter: 'unknown,missing', total: 'unknown' };
    expect(await unitsOf(query)).toEqual({ requests: 0, readUnits: 0 });
  });
});

it('has a history and a badge of each counter', async () => {
  const { read } = startContainer();
  const { body } = await read('/history', { counter: 'blog/first', days: '2' });
  const days: { new_sessions: number }[] = body.days;
  expect(days.reduce((sum, { new_sessions }) => sum + new_sessions, 0)).toBe(3);
  const byMonth = await read('/history', { counter: 'blog/first', by: 'month' });
  expect(byMonth.body.months).toEqual([
    { month: new Date().toISOString().slice(0, 7), new_sessions: 3 },
  ]);
  expect((await read('/badge.svg', { counter: 'about' })).body).toContain('visitors: 2<');
  const active = { counter: 'blog/first', metric: 'active' };
  expect((await read('/badge.svg', active)).body).toContain('active: 3<');
  expect((await read('/badge.svg', { ...active, counter: 'blog/no' })).body).toContain(
    'active: 0<',
  );
});

describe('the read units', () => {
  it.each([
    { query: {}, requests: 2, readUnits: 1 },
    { query: { counter: 'about' }, requests: 2, readUnits: 1 },
    { query: { counter: 'blog/first' }, requests: 2, readUnits: 1 },
    { query: { counter: 'blog/never' }, requests: 1, readUnits: 0.5 },
    { query: { counter: 'blog/no,blog/never' }, requests: 1, readUnits: 1 },
    { query: { counter: 'site,about,blog/first' }, requests: 4, readUnits: 3 },
    { query: { counter: 'site,blog/first,blog/no' }, requests: 3, readUnits: 2.5 },
    { query: { total: 'about' }, requests: 1, readUnits: 0.5 },
    { query: { total: `${MANY},site,about` }, requests: 1, readUnits: 25 },
  ])('of $query are $readUnits, in $requests requests', async ({ query, ...expected }) => {
    expect(await startContainer().unitsOf(query)).toEqual(expected);
  });

  it('of a request for ten counters are those of the totals, until the budget allows more', async () => {
    const { unitsOf } = startContainer();
    const counter = MANY.slice(0, 10).join(',');
    expect(await unitsOf({ counter })).toEqual({ requests: 11, readUnits: 10 });
    expect(await unitsOf({ counter })).toEqual({ requests: 1, readUnits: 5 });
  });

  it('of a flood of invented names are half a unit each, and the names replace nothing', async () => {
    const { readCounts, unitsOf } = startContainer();
    await readCounts({ counter: 'about' });
    for (let page = 0; page < 600; page += 50) {
      const total = Array.from({ length: 50 }, (_, index) => `blog/x${page + index}`).join(',');
      expect(await unitsOf({ total })).toEqual({ requests: 1, readUnits: 25 });
    }
    dynamodb.trouble = 'denied';
    expect((await readCounts({ counter: 'about' })).body.unique_session_count).toBe(2);
  });
});

describe('while DynamoDB fails', () => {
  it('each counter that was read is served from the cache', async () => {
    const { read, readCounts } = startContainer();
    await readCounts({ counter: 'about,blog/first', total: 'site,empty' });
    dynamodb.trouble = 'denied';
    const { body } = await readCounts({ counter: 'blog/first', total: 'site' });
    expect(body.counters).toMatchObject({
      'blog/first': { unique_session_count: 3, active_sessions: 3 },
      site: { unique_session_count: 4 },
    });
    expect((await readCounts({ counter: 'about' })).body.unique_session_count).toBe(2);
    expect((await readCounts({ total: 'empty' })).body.counters.empty).toMatchObject({
      unique_session_count: 0,
    });
    expect((await read('/history', { counter: 'about' })).statusCode).toBe(200);
  });

  it('one that was not is a 503', async () => {
    const { readCounts } = startContainer();
    await readCounts({ counter: 'about' });
    dynamodb.trouble = 'denied';
    for (const query of [{ counter: 'site' }, { counter: 'about,site' }, { total: 'site' }]) {
      const { statusCode, headers } = await readCounts(query);
      expect(statusCode).toBe(503);
      expect(headers).toMatchObject({
        'Retry-After': '5',
        'Access-Control-Allow-Origin': ORIGIN,
      });
    }
  });
});
