import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { scanCounters } from '../../src/tables/scan-counters.ts';
import { counterKey } from '../../src/tables/schema.ts';
import { runCommandHere, tableOptions } from '../support/counter-command.ts';
import { jsonOfCounter } from '../support/json-of-counter.ts';
import { injectDrift, project, untilCounted, visitAt } from '../support/projected-database.ts';
import { useCommandTarget } from '../support/use-command-target.ts';

const { database, run } = useCommandTarget();
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
const BLOG = 'blog/first-post';

beforeEach(async () => {
  project(database());
  await visitAt(database(), daysAgo(3), ['s1', 's2', 's3']);
  await visitAt(database(), daysAgo(3), ['b1', 'b2'], BLOG);
  await untilCounted(database(), { total: 3, removed: 0 });
  await untilCounted(database(), { total: 2, removed: 0 }, BLOG);
});

/** Runs a command without its long waits. */
const runFast = async (...args: string[]) =>
  runCommandHere([...args, ...tableOptions(database())], { wait: async () => undefined });

describe('verify', () => {
  it('compares all counters, and shows those that disagree', async () => {
    const agreeing = await run('verify');
    expect(agreeing).toMatchObject({
      code: 0,
      out: expect.stringContaining('Rows and all 2 counters agree.'),
    });
    expect(agreeing.out).toContain(
      'All sessions of 2 counters up to now\n  rows in the table    5',
    );
    await injectDrift(database(), 1);
    await injectDrift(database(), -1, undefined, BLOG);
    const { code, out } = await run('verify');
    expect(code).toBe(1);
    expect(out).toContain(`Counter ${BLOG}\n`);
    expect(out).toContain('Rows and counter disagree in 2 of 2 counters.');
  });

  it('compares one by its name', async () => {
    await injectDrift(database(), 1);
    const { code, out } = await run('verify', '--counter', BLOG, '--json');
    expect({ code, found: jsonOfCounter(out, BLOG) }).toMatchObject({
      ...{ code: 0, found: { rows: 2, expected: 2, drift: 0 } },
    });
    expect((await run('verify', '--counter', 'site')).code).toBe(1);
  });

  it('prints JSON by counter', async () => {
    expect(JSON.parse((await run('verify', '--json')).out)).toMatchObject({
      counters: { site: { rows: 3, drift: 0 }, [BLOG]: { rows: 2, drift: 0 } },
    });
  });

  it.each(['verify', 'rebuild', 'status'])(
    '%s says that there is no such counter',
    async (command) => {
      const { code, err } = await runFast(command, '--counter', 'blog/none');
      expect({ code, err }).toMatchObject({
        code: 3,
        err: expect.stringMatching(
          /There is no counter blog\/none in .* It has blog\/first-post, site/,
        ),
      });
      expect(
        [...(await scanCounters(database().client, database().tables.COUNTS_TABLE)).keys()].sort(),
      ).toEqual([BLOG, 'site']);
    },
  );

  it.each(['verify', 'rebuild', 'status', 'replay', 'import', 'forget'])(
    '%s rejects what is no name',
    async (command) => {
      const { code, err } = await run(command, '--counter', '/x');
      expect({ code, err }).toMatchObject({
        code: 2,
        err: expect.stringContaining('--counter must be 1 to 64 letters'),
      });
    },
  );
});

describe('rebuild', () => {
  it('corrects all counters, and reports those', { timeout: 30_000 }, async () => {
    await injectDrift(database(), -1, new Date(daysAgo(3)));
    await injectDrift(database(), 1, new Date(daysAgo(3)), BLOG);
    const { code, out } = await runFast('rebuild', '--yes', '--json');
    expect({ code, found: JSON.parse(out) }).toMatchObject({
      code: 0,
      found: {
        counters: {
          site: { before: 2, after: 3, missing: 1, surplus: 0, isCorrected: true },
          [BLOG]: { before: 3, after: 3, missing: 0, surplus: 1, isCorrected: true },
        },
      },
    });
    await untilCounted(database(), { total: 3, removed: 0 });
    await untilCounted(database(), { total: 3, removed: 1 }, BLOG);
    const again = await runFast('rebuild');
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining('All counters agree') });
  });

  it('corrects one by its name, and no other', { timeout: 30_000 }, async () => {
    await injectDrift(database(), -1, new Date(daysAgo(3)));
    await injectDrift(database(), -1, new Date(daysAgo(3)), BLOG);
    const { code, out } = await runFast('rebuild', '--counter', BLOG, '--yes');
    expect({ code, out }).toMatchObject({
      code: 0,
      out: expect.stringContaining('The counter is corrected.'),
    });
    await untilCounted(database(), { total: 2, removed: 0 }, BLOG);
    await untilCounted(database(), { total: 2, removed: 0 });
  });

  it('brings back a counter whose item was deleted', { timeout: 30_000 }, async () => {
    const { client, tables } = database();
    await client.send(
      new DeleteCommand({ TableName: tables.COUNTS_TABLE, Key: { counter: counterKey(BLOG) } }),
    );
    // The next batch of the counter sets its checkpoint, and makes the records before it duplicates.
    await visitAt(database(), daysAgo(0), ['b3'], BLOG);
    await untilCounted(database(), { total: 1, removed: 0 }, BLOG);
    expect((await runFast('rebuild', '--yes')).code).toBe(0);
    await untilCounted(database(), { total: 3, removed: 0 }, BLOG);
  });
});

describe('status', () => {
  it('lists the largest counters, and shows one by its name', async () => {
    const { out } = await run('status');
    expect(out).toMatch(/Distinct sessions {2}3\n/);
    expect(out).toMatch(
      /The largest of 2 counters, by distinct sessions\n +3 site\n +2 blog\/first-post\n/,
    );
    const blog = await run('status', '--counter', BLOG, '--json');
    expect(JSON.parse(blog.out)).toMatchObject({ counter: BLOG, total: 2, rows: 2, counters: 2 });
    expect((await run('status', '--counter', BLOG)).out).toMatch(/Counter {12}blog\/first-post\n/);
  });

  it('lists ten of more, the largest first', async () => {
    const others = Array.from({ length: 11 }, (_, number) => `page-${number}`);
    for (const [number, name] of others.entries()) {
      const hashes = Array.from({ length: number === 10 ? 9 : 1 }, (_, at) => `${name}-${at}`);
      await visitAt(database(), daysAgo(0), hashes, name);
    }
    for (const [number, name] of others.entries()) {
      await untilCounted(database(), { total: number === 10 ? 9 : 1, removed: 0 }, name);
    }
    const { counters, largest } = JSON.parse((await run('status', '--json')).out);
    expect(counters).toBe(13);
    expect(largest).toHaveLength(10);
    expect(largest.slice(0, 3)).toMatchObject([
      { counter: 'page-10', total: 9, rows: 9 },
      { counter: 'site', total: 3 },
      { counter: BLOG, total: 2 },
    ]);
  });
});
