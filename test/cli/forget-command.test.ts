import { describe, expect, it, vi } from 'vitest';
import { hashVisitor } from '../../src/domain/session-hash.ts';
import { createIngestHandler } from '../../src/ingest/ingest-handler.ts';
import { httpApiEvent } from '../support/api-events.ts';
import { browser } from '../support/browsers.ts';
import { project, untilCounted, visitAt } from '../support/projected-database.ts';
import { useCommandTarget } from '../support/use-command-target.ts';

const { database, run } = useCommandTarget();
const ADDRESS = httpApiEvent().requestContext?.http.sourceIp ?? '';
const ofVisitor = (number: number) => ['--ip', ADDRESS, '--user-agent', browser(number)];

const countTwoVisitors = async (): Promise<void> => {
  vi.stubEnv('HASH_KEY', 'k'.repeat(32));
  project(database());
  const settings = { ...database().tables, HASH_KEY: 'k'.repeat(32) };
  const ingest = createIngestHandler(settings, database().client);
  for (const number of [1, 2]) await ingest(httpApiEvent({ userAgent: browser(number) }));
  await untilCounted(database(), { total: 2, removed: 0 });
};

describe('forget', () => {
  it('deletes only the row of one visitor, and prints nothing about it', async () => {
    await countTwoVisitors();
    const first = await run('forget', ...ofVisitor(1));
    expect(first).toEqual({
      code: 0,
      out: 'This visitor has no session row in any counter now.\n',
      err: '',
    });
    await untilCounted(database(), { total: 2, removed: 1 });
    expect(await run('forget', ...ofVisitor(1))).toEqual(first);
    await untilCounted(database(), { total: 2, removed: 1 });
  });

  it('fails without a hash key', async () => {
    const { code, err } = await run('forget', ...ofVisitor(1));
    expect({ code, err }).toEqual({ code: 3, err: expect.stringContaining('set HASH_KEY') });
  });

  it.each([
    { args: ['--ip', '203.0.113.777', '--user-agent', 'Firefox'], names: '--ip' },
    { args: ['--user-agent', 'Firefox'], names: '--ip' },
    { args: ['--ip', '203.0.113.7', '--user-agent', ' '], names: '--user-agent' },
    { args: ['--ip', '203.0.113.7'], names: '--user-agent' },
  ])(
    'names the invalid option of $args, but does not repeat its value',
    async ({ args, names }) => {
      const { code, err } = await run('forget', ...args);
      expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(names) });
      expect(err).not.toMatch(/203\.0\.113|Firefox/);
    },
  );
});

describe('forget in several counters', () => {
  const BLOG = 'blog/first-post';
  const HASHER = { scheme: 'hmac-sha256', key: 'k'.repeat(32) } as const;

  /** One visitor in three counters, and another one in one of them. */
  const visitAll = async (): Promise<void> => {
    vi.stubEnv('HASH_KEY', HASHER.key);
    project(database());
    for (const counter of ['site', BLOG, 'shop']) {
      const hash = hashVisitor({ address: ADDRESS, userAgent: browser(1) }, HASHER, counter);
      await visitAt(database(), new Date().toISOString(), [hash], counter);
    }
    const other = hashVisitor({ address: ADDRESS, userAgent: browser(2) }, HASHER, BLOG);
    await visitAt(database(), new Date().toISOString(), [other], BLOG);
    await untilCounted(database(), { total: 2, removed: 0 }, BLOG);
    await untilCounted(database(), { total: 1, removed: 0 }, 'shop');
  };

  it('deletes the rows of a visitor in all of them', async () => {
    await visitAll();
    expect(await run('forget', ...ofVisitor(1))).toEqual({
      ...{ code: 0, out: 'This visitor has no session row in any counter now.\n', err: '' },
    });
    await untilCounted(database(), { total: 1, removed: 1 });
    await untilCounted(database(), { total: 2, removed: 1 }, BLOG);
    await untilCounted(database(), { total: 1, removed: 1 }, 'shop');
  });

  it('deletes the row in one of them, and no other', async () => {
    await visitAll();
    expect(await run('forget', '--counter', BLOG, ...ofVisitor(1))).toEqual({
      ...{ code: 0, out: `This visitor has no session row in the counter ${BLOG} now.\n`, err: '' },
    });
    await untilCounted(database(), { total: 2, removed: 1 }, BLOG);
    expect(await run('verify', '--json').then(({ out }) => JSON.parse(out))).toMatchObject({
      counters: { site: { rows: 1 }, [BLOG]: { rows: 1 }, shop: { rows: 1 } },
    });
  });

  it('deletes the row of the site alone, if it is named', async () => {
    await visitAll();
    expect(await run('forget', '--counter', 'site', ...ofVisitor(1))).toEqual({
      ...{ code: 0, out: 'This visitor has no session row of the site now.\n', err: '' },
    });
    await untilCounted(database(), { total: 1, removed: 1 });
    expect(await run('verify', '--json').then(({ out }) => JSON.parse(out))).toMatchObject({
      counters: { site: { rows: 0 }, [BLOG]: { rows: 2 }, shop: { rows: 1 } },
    });
  });

  it('says that there is no such counter', async () => {
    await visitAll();
    const { code, err } = await run('forget', '--counter', 'blog/none', ...ofVisitor(1));
    expect({ code, err }).toMatchObject({ code: 3, err: expect.stringContaining('no counter') });
  });
});
