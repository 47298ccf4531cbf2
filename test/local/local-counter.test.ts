import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { openDatabase } from '../../src/local/database.ts';
import { StartError } from '../../src/local/start-error.ts';
import { SettingError } from '../../src/settings/setting-error.ts';
import { browser, chrome } from '../support/browsers.ts';
import { useDatabase } from '../support/embedded-database.ts';
import { countsOf, runLocalCounter, untilCounts, visit } from '../support/local-counter.ts';
import { ownTables } from '../support/own-tables.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const database = useDatabase();

/** Runs the counters of a block on the emulator of this file, each with its own tables. */
const useSharedEmulator = (): void => {
  beforeEach(() => {
    vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', database().endpoint);
    return () => void vi.unstubAllEnvs();
  });
};

const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

describe('a visit becomes a count', () => {
  useSharedEmulator();

  it('of zero before the first visit', async () => {
    const { url } = await runLocalCounter();
    expect(await countsOf(url)).toEqual({
      unique_session_count: 0,
      active_sessions: 0,
      active_window_minutes: 60,
      counted_until: expect.stringMatching(ISO_TIME),
      active_until: expect.stringMatching(ISO_TIME),
      as_of: expect.stringMatching(ISO_TIME),
    });
  });

  it('of five and five when five visitors load the page three times each', async () => {
    const { url } = await runLocalCounter();
    const visitors = [1, 2, 3, 4, 5].map(browser);
    const loads = [...visitors, ...visitors, ...visitors].map((userAgent) =>
      visit(url, { 'user-agent': userAgent }),
    );
    for (const { status, body } of await Promise.all(loads)) {
      expect({ status, body }).toEqual({ status: 202, body: { counted: true } });
    }
    await untilCounts(url, 5, 5);
  });

  it('of sessions that were active in the last hour only', async () => {
    const tables = ownTables();
    const { url, endpoint } = await runLocalCounter({ env: tables });
    const { client } = await openDatabase(endpoint, tables);
    for (const secondsAgo of [3_590, 3_610]) {
      const at = new Date(Date.now() - secondsAgo * 1000).toISOString();
      const Item = {
        ...{ session_hash: `seen-${secondsAgo}`, active_shard: 0 },
        ...{ first_accessed: at, last_accessed: at },
      };
      await client.send(new PutCommand({ TableName: tables.SESSIONS_TABLE, Item }));
    }
    await untilCounts(url, 2, 1);
  });

  it.each([
    { reason: 'bot', headers: { 'user-agent': 'Googlebot/2.1' }, setting: 'FILTER_BOTS' },
    { reason: 'automation', headers: { 'user-agent': chrome() }, setting: 'FILTER_AUTOMATION' },
    { reason: 'prefetch', headers: { 'sec-purpose': 'prefetch' }, setting: 'FILTER_PREFETCH' },
    { reason: 'opt-out', headers: { 'sec-gpc': '1' }, setting: 'HONOR_OPT_OUT' },
    { reason: 'opt-out', headers: { dnt: '1' }, setting: 'HONOR_OPT_OUT' },
  ])('of none for $reason, unless $setting is false', async ({ reason, headers, setting }) => {
    const { url } = await runLocalCounter();
    expect(await visit(url, headers)).toMatchObject({
      status: 202,
      body: { counted: false, reason },
    });
    expect(await countsOf(url)).toMatchObject({ unique_session_count: 0, active_sessions: 0 });
    const lenient = await runLocalCounter({ env: { [setting]: 'false' } });
    expect((await visit(lenient.url, headers)).body).toEqual({ counted: true });
    await untilCounts(lenient.url, 1, 1);
  });

  it('of none of the site in a counter that the environment lists', async () => {
    const env = { COUNTERS: 'about,blog/*', MAX_COUNTERS: '1' };
    const { url } = await runLocalCounter({ env });
    const post = async (names: string) => {
      const headers = { 'user-agent': browser() };
      const response = await fetch(`${url}/sessions?counter=${names}`, { method: 'POST', headers });
      return { status: response.status, body: await response.json() };
    };
    expect(await post('about,blog/a,blog/b')).toEqual({
      status: 202,
      body: {
        counters: {
          about: { counted: true },
          'blog/a': { counted: true },
          'blog/b': { counted: false, reason: 'too-many-counters' },
        },
      },
    });
    expect((await post('shop')).status).toBe(404);
    expect(await countsOf(url)).toMatchObject({ unique_session_count: 0, active_sessions: 0 });
  });

  it('of one for one visitor, whatever X-Forwarded-For says', async () => {
    const { url } = await runLocalCounter();
    for (const address of ['198.51.100.1', '198.51.100.2']) {
      await visit(url, { 'x-forwarded-for': address });
    }
    await untilCounts(url, 1, 1);
  });
});

describe('over HTTP, CORS headers', () => {
  useSharedEmulator();

  const ALLOWED = 'https://a.example';
  const requests = [
    { status: 202, path: '/sessions', method: 'POST' },
    { status: 404, path: '/nowhere', method: 'GET' },
    { status: 405, path: '/sessions', method: 'GET' },
    { status: 500, path: '/counts', method: 'GET' },
    { status: 404, path: '/', method: 'POST' },
    { status: 204, path: '/', method: 'OPTIONS' },
    { status: 204, path: '/sessions', method: 'OPTIONS' },
    { status: 204, path: '/counts', method: 'OPTIONS' },
  ];

  // An unreadable counter item makes the query fail with an unexpected error.
  const runBroken = async () => {
    const tables = ownTables();
    const counter = await runLocalCounter({ env: { ...tables, ALLOWED_ORIGINS: ALLOWED } });
    const { client } = await openDatabase(counter.endpoint, tables);
    const Item = { counter: 'distinct_sessions', '@=shard-a': 'unreadable' };
    await client.send(new PutCommand({ TableName: tables.COUNTS_TABLE, Item }));
    return counter;
  };

  it('are on every status, for the allowed origin only', async () => {
    const { url } = await runBroken();
    for (const { status, path, method } of requests) {
      for (const origin of [ALLOWED, 'https://b.example', undefined]) {
        const headers = { 'user-agent': browser(), ...(origin && { origin }) };
        const response = await fetch(url + path, { method, headers });
        const isRefused = status === 202 && origin === 'https://b.example';
        expect({
          status: response.status,
          origin: response.headers.get('access-control-allow-origin'),
          methods: response.headers.get('access-control-allow-methods'),
          vary: response.headers.get('vary'),
          credentials: response.headers.get('access-control-allow-credentials'),
        }).toEqual({
          status: isRefused ? 403 : status,
          origin: origin === ALLOWED ? ALLOWED : null,
          methods: path === '/sessions' ? 'POST,DELETE' : 'GET',
          vary: 'Origin',
          credentials: null,
        });
        if (response.status >= 400) {
          expect(Object.keys((await response.json()) as object)).toEqual(['message']);
        }
      }
    }
  });

  it('come with a failure message that reveals nothing of AWS or the code', async () => {
    const { url } = await runBroken();
    const text = await (await fetch(`${url}/counts`)).text();
    expect(JSON.parse(text).message).toMatch(/try again/);
    expect(text).not.toMatch(/dynamodb|table|checkpoint|exception|\.ts|at /i);
  });
});

describe('the local run', () => {
  it('serves a page at /', async () => {
    const { url } = await runLocalCounter();
    const page = await fetch(`${url}/`);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(await page.text()).toContain('<!doctype html>');
  });

  it('serves the API’s paths by the API, whatever files the page has', async () => {
    const pageFolder = temporaryFolder();
    for (const name of ['counts', 'other']) writeFileSync(join(pageFolder, name), 'a file');
    const { url } = await runLocalCounter({ pageFolder });
    expect(await countsOf(url)).toMatchObject({ unique_session_count: 0 });
    expect(await (await fetch(`${url}/other`)).text()).toBe('a file');
  });

  it('continues where it was after a restart', async () => {
    const dataFolder = temporaryFolder();
    const tables = ownTables();
    const first = await runLocalCounter({ dataFolder, env: tables });
    for (const number of [1, 2, 3]) await visit(first.url, { 'user-agent': browser(number) });
    await untilCounts(first.url, 3, 3);
    await first.stop();
    const second = await runLocalCounter({ dataFolder, env: tables });
    expect(await countsOf(second.url)).toMatchObject({ unique_session_count: 3 });
    for (const number of [3, 4]) await visit(second.url, { 'user-agent': browser(number) });
    await untilCounts(second.url, 4, 4);
  });

  it('does not use a data folder that is in use', async () => {
    const dataFolder = temporaryFolder();
    const { url } = await runLocalCounter({ dataFolder });
    await expect(runLocalCounter({ dataFolder })).rejects.toThrow(
      `The data folder ${dataFolder} is in use: a counter is running at ${url}`,
    );
    expect(await countsOf(url)).toMatchObject({ unique_session_count: 0 });
  });

  it('gives a data folder to one of two that start at once', async () => {
    const dataFolder = temporaryFolder();
    const starts = await Promise.allSettled([1, 2].map(() => runLocalCounter({ dataFolder })));
    expect(starts.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('takes over the folder of a killed run even if another program has its port', async () => {
    const dataFolder = temporaryFolder();
    const { url: otherUrl } = await runLocalCounter();
    const instance = { url: otherUrl, endpoint: otherUrl };
    writeFileSync(join(dataFolder, 'instance.json'), JSON.stringify(instance));
    const { url } = await runLocalCounter({ dataFolder });
    expect(await countsOf(url)).toMatchObject({ unique_session_count: 0 });
  });

  it('uses the DynamoDB that the environment sets', async () => {
    const { endpoint } = database();
    const counter = await runLocalCounter({ env: { AWS_ENDPOINT_URL_DYNAMODB: endpoint } });
    expect(counter.endpoint).toBe(endpoint);
    await visit(counter.url);
    await untilCounts(counter.url, 1, 1);
  });

  it('prefers the hash key of the environment to its own', async () => {
    const env = { ...ownTables(), AWS_ENDPOINT_URL_DYNAMODB: database().endpoint };
    for (const letter of ['a', 'b', 'a']) {
      const { url } = await runLocalCounter({ env: { ...env, HASH_KEY: letter.repeat(32) } });
      await visit(url);
    }
    const { url } = await runLocalCounter({ env });
    await untilCounts(url, 2, 2);
  });

  it('reports an endpoint that is not a DynamoDB', async () => {
    const { url } = await runLocalCounter();
    const env = { AWS_ENDPOINT_URL_DYNAMODB: url };
    await expect(runLocalCounter({ env })).rejects.toThrow(StartError);
    await expect(runLocalCounter({ env })).rejects.toThrow(`Cannot create the tables at ${url}`);
  });

  it('requires different tables for sessions and counts', async () => {
    const env = { SESSIONS_TABLE: 'everything', COUNTS_TABLE: 'everything' };
    await expect(runLocalCounter({ env })).rejects.toThrow(
      'COUNTS_TABLE must be a different table from SESSIONS_TABLE',
    );
  });

  it('stops the start at a malformed setting', async () => {
    const env = { ACTIVE_SHARDS: 'many' };
    await expect(runLocalCounter({ env })).rejects.toThrow(SettingError);
    await expect(runLocalCounter({ env })).rejects.toThrow('ACTIVE_SHARDS');
  });
});

it('sends the widget gzipped, and only once to a client that keeps it', async () => {
  const { url } = await runLocalCounter();
  const read = (headers: Record<string, string>) => fetch(`${url}/widget.js`, { headers });
  const gzipped = await read({ 'accept-encoding': 'gzip' });
  const plain = await read({ 'accept-encoding': 'identity' });
  expect(gzipped.headers.get('content-encoding')).toBe('gzip');
  expect(plain.headers.get('content-encoding')).toBeNull();
  // fetch unpacks the first.
  expect(await gzipped.text()).toBe(await plain.text());
  const tag = gzipped.headers.get('etag') ?? '';
  const again = await read({ 'accept-encoding': 'gzip', 'if-none-match': tag });
  expect([again.status, await again.text()]).toEqual([304, '']);
});
