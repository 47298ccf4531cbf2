import { GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, expect, it, vi } from 'vitest';
import { createInMemoryShardPositions } from '../../../src/local/event-source/shard-positions.ts';
import { startProjection } from '../../../src/local/projection.ts';
import { readCounter } from '../../../src/tables/read-counter.ts';
import { NAMES, NAMES_ADMITTED, nameKey } from '../../../src/tables/schema.ts';
import { runCommandHere, tableOptions } from '../../support/counter-command.ts';
import { createFastClock } from '../../support/fast-clock.ts';
import { project, untilCounted, visitAt } from '../../support/projected-database.ts';
import { useCommandTarget } from '../../support/use-command-target.ts';

const { database, run } = useCommandTarget();
const NOW = new Date().toISOString();
const BLOG = 'blog/first-post';

const put = (Item: Record<string, unknown>) =>
  database().client.send(new PutCommand({ TableName: database().tables.COUNTS_TABLE, Item }));

const getItem = async (counter: string) =>
  (
    await database().client.send(
      new GetCommand({ TableName: database().tables.COUNTS_TABLE, Key: { counter } }),
    )
  ).Item;

const hashes = async (): Promise<unknown[]> => {
  const { client, tables } = database();
  const { Items = [] } = await client.send(new ScanCommand({ TableName: tables.SESSIONS_TABLE }));
  return Items.map(({ session_hash }) => session_hash).sort();
};

beforeEach(async () => {
  project(database());
  await visitAt(database(), NOW, ['s1', 's2']);
  await visitAt(database(), NOW, ['b1', 'b2', 'b3'], BLOG);
  await put({ counter: nameKey(BLOG) });
  await put({ counter: nameKey('blog/other') });
  await put({ counter: NAMES, [NAMES_ADMITTED]: 2 });
  await untilCounted(database(), { total: 2, removed: 0 });
  await untilCounted(database(), { total: 3, removed: 0 }, BLOG);
});

it('shows what it would take away, and changes nothing', async () => {
  const { code, out } = await run('drop', BLOG);
  expect({ code, out }).toEqual({
    code: 0,
    out:
      `Counter ${BLOG}\n  Distinct sessions  3\n  Rows               3\n` +
      'Nothing was changed. To take the counter away with its rows, run the command again with --yes.\n',
  });
  expect(await hashes()).toEqual(['b1', 'b2', 'b3', 's1', 's2']);
});

it('takes a counter away with its rows and its name, and leaves the others', async () => {
  const { code, out } = await run('drop', BLOG, '--yes', '--json');
  expect({ code, found: JSON.parse(out) }).toEqual({
    code: 0,
    found: { counter: BLOG, total: 3, rows: 3, hadName: true, isDropped: true },
  });
  expect(await hashes()).toEqual(['s1', 's2']);
  expect(
    await readCounter(database().client, database().tables.COUNTS_TABLE, 'strong', BLOG),
  ).toMatchObject({
    ...{ total: 0, removed: 0, startedByDay: new Map(), removedByDay: new Map() },
  });
  expect(await getItem(nameKey(BLOG))).toBeUndefined();
  expect(await getItem(NAMES)).toMatchObject({ [NAMES_ADMITTED]: 1 });
  await untilCounted(database(), { total: 2, removed: 0 });
  expect(await run('verify')).toMatchObject({ code: 0 });
  const { counters, largest } = JSON.parse((await run('status', '--json')).out);
  expect({ counters, largest }).toMatchObject({ counters: 1, largest: [{ counter: 'site' }] });
});

it('frees a name that was admitted, although its visit failed', async () => {
  const preview = await run('drop', 'blog/other', '--json');
  expect({ code: preview.code, found: JSON.parse(preview.out) }).toEqual({
    ...{ code: 0, found: { counter: 'blog/other', total: 0, rows: 0, isDropped: false } },
  });
  expect(await run('drop', 'blog/other', '--yes')).toMatchObject({ code: 0 });
  expect(await getItem(NAMES)).toMatchObject({ [NAMES_ADMITTED]: 1 });
});

it('lowers the number of names once, however often it runs', async () => {
  for (const _ of [1, 2, 3]) expect((await run('drop', BLOG, '--yes')).code).toBe(0);
  expect(await getItem(NAMES)).toMatchObject({ [NAMES_ADMITTED]: 1 });
});

// Five visits, three deletions, and the visit after them.
const RECORDS = 9;

it('counts the name from zero when it is visited again, and nothing that is delivered again', async () => {
  const { tables } = database();
  await run('drop', BLOG, '--yes');
  // Another projector that begins at the trim horizon delivers everything again.
  const positions = createInMemoryShardPositions();
  const again = startProjection({ ...tables }, database(), { positions });
  await visitAt(database(), NOW, ['b1'], BLOG);
  const shard = `shardId-00000001-${tables.SESSIONS_TABLE}`;
  await vi.waitFor(() => expect(Number(positions.get(shard))).toBe(RECORDS), { timeout: 5_000 });
  await untilCounted(database(), { total: 1, removed: 0 }, BLOG);
  await untilCounted(database(), { total: 2, removed: 0 });
  await again.stop();
  expect(await run('verify')).toMatchObject({ code: 0 });
});

it('continues after it was interrupted between two deletions', async () => {
  const abort = new AbortController();
  const clock = createFastClock();
  const sleep: typeof clock.sleep = async (ms, signal) => {
    if ((await hashes()).length < 5) abort.abort(new Error('interrupted'));
    signal.throwIfAborted();
    return clock.sleep(ms, signal);
  };
  const args = ['drop', BLOG, '--yes', ...tableOptions(database())];
  const killed = await runCommandHere(args, { signal: abort.signal, clock: { ...clock, sleep } });
  expect(killed.code).toBe(130);
  expect(await hashes()).toHaveLength(4);
  await untilCounted(database(), { total: 3, removed: 1 }, BLOG);
  expect((await run('drop', BLOG, '--yes')).code).toBe(0);
  expect(await hashes()).toEqual(['s1', 's2']);
  await untilCounted(database(), { total: 0, removed: 0 }, BLOG);
});

it.each([
  { args: ['site', '--yes'], says: 'The counter of the site cannot be dropped' },
  { args: ['/x'], says: 'NAME must be 1 to 64 letters' },
  { args: ['--yes'], says: 'Take a counter away' },
  { args: [BLOG, 'blog/other', '--yes'], says: 'Take a counter away' },
])('rejects $args', async ({ args, says }) => {
  const { code, err } = await run('drop', ...args);
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(says) });
  expect(await hashes()).toHaveLength(5);
});

it.each([[], ['--yes']])('says that there is no such counter, with %j', async (...args) => {
  const { code, err } = await run('drop', 'blog/none', ...args);
  expect({ code, err }).toEqual({
    code: 3,
    err: expect.stringContaining('There is no counter blog/none'),
  });
  expect(await getItem('distinct_sessions/blog/none')).toBeUndefined();
});
