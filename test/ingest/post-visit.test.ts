import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { readCounter } from '../../src/tables/read-counter.ts';
import { browser, chrome } from '../support/browsers.ts';
import { captureOutput } from '../support/captured-output.ts';
import { useDatabase } from '../support/embedded-database.ts';
import { readMetricLines } from '../support/metric-lines.ts';
import { project, untilCounted } from '../support/projected-database.ts';
import { openCounters, rowsOf } from '../support/several-counters.ts';

const useFile = useDatabase();
const open = (env?: Record<string, string>) => openCounters(useFile(), env);
const ORIGIN = 'https://a.example';

describe('POST /sessions', () => {
  it('counts in the counter that it names, and answers as for the site', async () => {
    const { visit, counters } = await open();
    const answers = [
      await visit(),
      await visit('site'),
      await visit('about'),
      await visit('blog/a'),
    ];
    expect(answers).toEqual(Array(4).fill({ statusCode: 202, body: { counted: true } }));
    expect(await counters()).toEqual(['about', 'blog/a', 'site']);
  });

  it('counts one visitor in several counters, whose hashes nobody can link', async () => {
    const { database, visit } = await open();
    expect(await visit('site,blog/a,about')).toEqual({
      statusCode: 202,
      body: {
        counters: {
          site: { counted: true },
          'blog/a': { counted: true },
          about: { counted: true },
        },
      },
    });
    const hashes = (await rowsOf(database)).map(({ session_hash }) => session_hash);
    expect(new Set(hashes).size).toBe(3);
  });

  it('counts a name that is repeated once, and answers as for one', async () => {
    const { visit, counters } = await open();
    expect(await visit('about,about')).toEqual({ statusCode: 202, body: { counted: true } });
    expect(await counters()).toEqual(['about']);
  });

  it('tells a page of a configured origin the effect in each counter', async () => {
    const { visit } = await open({ ALLOWED_ORIGINS: ORIGIN });
    const facts = { headers: { origin: ORIGIN } };
    await visit('about', facts);
    const { body } = await visit('about,blog/a', facts);
    expect(body.counters).toMatchObject({
      about: { counted: true, was_active: true },
      'blog/a': { counted: true, new_session: true, was_active: false },
    });
    expect((await visit('blog/a', facts)).body).toMatchObject({ was_active: true });
  });

  it('answers 404 for one unknown name, and writes nothing', async () => {
    const { visit, counters } = await open();
    expect(await visit('shop')).toEqual({
      statusCode: 404,
      body: { message: expect.stringContaining('COUNTERS') },
    });
    expect(await counters()).toEqual([]);
  });

  it('says for each of several names why it was not counted', async () => {
    const { visit, counters } = await open();
    await visit('blog/a,blog/b');
    expect(await visit('site,shop,blog/c,blog/a')).toEqual({
      statusCode: 202,
      body: {
        counters: {
          site: { counted: true },
          shop: { counted: false, reason: 'unknown-counter' },
          'blog/c': { counted: false, reason: 'too-many-counters' },
          'blog/a': { counted: true },
        },
      },
    });
    expect(await visit('blog/c')).toEqual({
      statusCode: 202,
      body: { counted: false, reason: 'too-many-counters' },
    });
    expect(await counters()).toEqual(['blog/a', 'blog/b', 'site']);
  });

  it('counts in the other counters when one of several names is invalid', async () => {
    const { visit, counters } = await open();
    const refused = { counted: false, reason: 'unknown-counter' };
    const long = 'x'.repeat(65);
    const { statusCode, body } = await visit(`site,/about/,,__proto__,${long},blog/a`);
    expect(statusCode).toBe(202);
    expect(Object.entries(body.counters)).toEqual([
      ['site', { counted: true }],
      ['/about/', refused],
      ['', refused],
      ['__proto__', refused],
      ['blog/a', { counted: true }],
    ]);
    expect(await counters()).toEqual(['blog/a', 'site']);
  });

  it.each(['a b', ',', 'a b,/x', 'é', 'x'.repeat(65), '__proto__'])(
    'answers 400 to %j, in which no name is valid, and writes nothing',
    async (names) => {
      const { visit, forget, counters } = await open();
      const message = expect.stringContaining('counter must be names of counters');
      expect(await visit(names)).toEqual({ statusCode: 400, body: { message } });
      expect(await forget(names)).toEqual({ statusCode: 400, body: { message } });
      expect(await counters()).toEqual([]);
    },
  );

  it('takes ten names, and answers 400 to eleven', async () => {
    const { visit, counters } = await open({ COUNTERS: 'p/*', MAX_COUNTERS: '20' });
    const names = Array.from({ length: 11 }, (_, number) => `p/${number}`);
    expect(await visit(names.join())).toEqual({
      statusCode: 400,
      body: { message: 'counter must be at most 10 names, but there are 11.' },
    });
    expect(await counters()).toEqual([]);
    expect((await visit(names.slice(1).join())).statusCode).toBe(202);
    expect(await counters()).toHaveLength(10);
  });

  it.each([
    { reason: 'bot', facts: { userAgent: 'curl/8.5.0' } },
    { reason: 'automation', facts: { userAgent: chrome() } },
    { reason: 'opt-out', facts: { headers: { 'sec-gpc': '1' } } },
  ])('refuses a visit for $reason in every counter', async ({ reason, facts }) => {
    const { database, visit, counters } = await open();
    const refused = { counted: false, reason };
    expect(await visit('site,blog/a', facts)).toEqual({
      statusCode: 202,
      body: { counters: { site: refused, 'blog/a': refused } },
    });
    expect(await counters()).toEqual([]);
    const { Count } = await database.client.send(
      new ScanCommand({ TableName: database.tables.COUNTS_TABLE }),
    );
    expect(Count).toBe(0);
  });

  it('answers 403 to another origin and 503 without a key, whatever it names', async () => {
    const { visit } = await open({ ALLOWED_ORIGINS: ORIGIN });
    const facts = { headers: { origin: 'https://b.example' } };
    expect((await visit('site,blog/a', facts)).statusCode).toBe(403);
    const { visit: visitWithoutKey } = await open({ HASH_KEY: '' });
    expect((await visitWithoutKey('site,blog/a')).statusCode).toBe(503);
  });

  it('is counted in the total of each counter, and in no other', async () => {
    const { database, visit } = await open();
    project(database);
    await visit('site,blog/a');
    await visit('blog/a', { userAgent: browser(2) });
    await visit('blog/a,site');
    await untilCounted(database, { total: 1, removed: 0 });
    await expect
      .poll(() => readCounter(database.client, database.tables.COUNTS_TABLE, 'strong', 'blog/a'))
      .toMatchObject({ total: 2 });
  });

  it('measures a visit of each counter that it names', async () => {
    const { visit } = await open({ COUNTER_NAME: 'mine' });
    const output = captureOutput();
    await visit('site,shop,blog/a');
    await visit('a b');
    await visit('site,a b');
    expect(
      readMetricLines(output()).map(({ metrics, dimensions }) => [metrics, dimensions]),
    ).toEqual([
      [{ Visits: 3, Counted: 2 }, { service: 'mine' }],
      [{ Refused: 1 }, { service: 'mine', reason: 'unknown-counter' }],
      [{ Visits: 2, Counted: 1 }, { service: 'mine' }],
      [{ Refused: 1 }, { service: 'mine', reason: 'unknown-counter' }],
    ]);
  });
});
