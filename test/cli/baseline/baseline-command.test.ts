import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it, vi } from 'vitest';
import { MAX_BASELINE } from '../../../src/domain/baseline.ts';
import { utcDay } from '../../../src/domain/utc-day.ts';
import { counterKey } from '../../../src/tables/schema.ts';
import { project, untilCounted, visitAt } from '../../support/projected-database.ts';
import { useCommandTarget } from '../../support/use-command-target.ts';

const { database, run } = useCommandTarget();
const NOW = new Date().toISOString();
const BASELINE = { sessions: 10_000, since: '2019-03-01' };
const SET = ['--set', '10000', '--since', '2019-03-01'];

const getItem = async (counter = 'site') => {
  const { client, tables } = database();
  const Key = { counter: counterKey(counter) };
  return (await client.send(new GetCommand({ TableName: tables.COUNTS_TABLE, Key }))).Item;
};
const countTwo = async (counter?: string): Promise<void> => {
  project(database());
  await visitAt(database(), NOW, ['a', 'b'], counter);
  await untilCounted(database(), { total: 2, removed: 0 }, counter);
};

it('shows both parts, without a baseline and with one', async () => {
  await countTwo();
  expect(await run('baseline')).toEqual({
    ...{ code: 0, err: '' },
    out: 'Counter site\n  Distinct sessions  2\n    counted          2\n    baseline         none\n',
  });
  expect((await run('baseline', ...SET, '--yes')).out).toBe(
    'Counter site\n  Distinct sessions  10002\n    counted          2\n' +
      '    baseline         10000, since 2019-03-01\n',
  );
  const { out } = await run('baseline', '--json');
  expect(JSON.parse(out)).toEqual({
    ...{ counter: 'site', distinctSessions: 10_002, total: 2, baseline: BASELINE },
    isChanged: false,
  });
});

it('shows without --yes what would change, and changes nothing', async () => {
  await countTwo();
  const before = await getItem();
  const { code, out } = await run('baseline', ...SET);
  expect({ code, out }).toEqual({
    code: 0,
    out:
      'Counter site\n  Distinct sessions  2\n    counted          2\n    baseline         none\n' +
      'It would be\n  Distinct sessions  10002\n    counted          2\n' +
      '    baseline         10000, since 2019-03-01\n' +
      'Nothing was changed. To change the baseline, run the command again with --yes.\n',
  });
  expect(await getItem()).toEqual(before);
});

it('writes the same when it is run again, replaces a baseline, and removes it', async () => {
  for (const _ of [1, 2]) expect((await run('baseline', ...SET, '--yes')).code).toBe(0);
  expect((await getItem())?.baseline).toEqual(BASELINE);
  const { out } = await run('baseline', '--set', '7', '--yes', '--json');
  expect(JSON.parse(out)).toMatchObject({ distinctSessions: 7, baseline: { sessions: 7 } });
  expect((await run('baseline', '--set', '0')).out).toContain(
    'It would be\n  Distinct sessions  0\n',
  );
  expect((await getItem())?.baseline).toEqual({ sessions: 7 });
  expect((await run('baseline', '--set', '0', '--yes')).code).toBe(0);
  expect(await getItem()).toEqual({ counter: counterKey('site') });
});

describe('the baseline of another counter', () => {
  it('is set while it exists, and changes no other counter', async () => {
    await countTwo('blog/first');
    expect((await run('baseline', '--counter', 'blog/first', ...SET, '--yes')).code).toBe(0);
    expect(await getItem('blog/first')).toMatchObject({ total: 2, baseline: BASELINE });
    expect(await getItem()).toBeUndefined();
  });

  it.each(['about', 'blog/new'])(
    'is set before the first visit of %s, if COUNTERS admits it',
    async (name) => {
      vi.stubEnv('COUNTERS', 'about,blog/*');
      expect((await run('baseline', '--counter', name, ...SET, '--yes')).code).toBe(0);
      expect(await getItem(name)).toEqual({ counter: counterKey(name), baseline: BASELINE });
    },
  );

  it.each([[[]], [SET], [[...SET, '--yes']]])(
    'is refused for a name that is neither counted nor admitted: %j',
    async (args) => {
      const { code, err } = await run('baseline', '--counter', 'abuot', ...args);
      expect({ code, err }).toEqual({
        code: 3,
        err: expect.stringMatching(/^There is no counter abuot in .* It has site\n$/),
      });
      expect(await getItem('abuot')).toBeUndefined();
    },
  );
});

describe('a baseline that cannot be read', () => {
  const spoil = async () => {
    const { client, tables } = database();
    const Item = { counter: counterKey('site'), total: 2, baseline: 'text' };
    await client.send(new PutCommand({ TableName: tables.COUNTS_TABLE, Item }));
  };

  it.each([['baseline'], ['status'], ['export']])('is reported by %s', async (command) => {
    await spoil();
    const { code, err } = await run(command);
    expect({ code, err }).toEqual({
      code: 3,
      err: expect.stringMatching(
        /baseline of the item distinct_sessions must be .* it is "text"; set it again/,
      ),
    });
  });

  it('is replaced', async () => {
    await spoil();
    expect((await run('baseline', ...SET, '--yes')).code).toBe(0);
    expect(await getItem()).toMatchObject({ total: 2, baseline: BASELINE });
  });
});

const today = () => utcDay(Date.now());
const daysAhead = (days: number) => utcDay(Date.now() + days * 86_400_000);

it('accepts today and the largest number', async () => {
  const args = ['--set', `${MAX_BASELINE}`, '--since', today(), '--yes'];
  expect((await run('baseline', ...args)).code).toBe(0);
  expect((await getItem())?.baseline).toEqual({ sessions: MAX_BASELINE, since: today() });
});

it.each([
  {
    args: ['--set=-1'],
    says: '--set must be a whole number from 0 to 1000000000000, but it is "-1"',
  },
  { args: ['--set', '1.5'], says: '--set must be a whole number' },
  { args: ['--set', '1e3'], says: '--set must be a whole number' },
  { args: ['--set', '10,000'], says: '--set must be a whole number' },
  { args: ['--set', `${MAX_BASELINE + 1}`], says: '--set must be a whole number' },
  { args: ['--set', ''], says: '--set needs a value' },
  { args: ['--set', '7', '--since', '2019'], says: '--since must be a day such as 2019-03-01' },
  { args: ['--set', '7', '--since', '2019-02-30'], says: 'but it is "2019-02-30"' },
  { args: ['--set', '7', '--since', daysAhead(2)], says: 'no later than today (20' },
  { args: ['--set', '0', '--since', '2019-03-01'], says: '--set 0 removes the baseline' },
  { args: ['--since', '2019-03-01'], says: '--since needs --set N' },
  { args: ['--yes'], says: '--yes needs --set N' },
  { args: ['--counter', '/x'], says: '--counter must be 1 to 64 letters' },
])('rejects $args, and writes nothing', async ({ args, says }) => {
  const { code, err } = await run('baseline', ...args);
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(says) });
  expect(await getItem()).toBeUndefined();
});
