import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it, vi } from 'vitest';
import { hashVisitor } from '../../../src/domain/session-hash.ts';
import { project, untilCounted } from '../../support/projected-database.ts';
import { rowOf } from '../../support/session-rows.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { useCommandTarget } from '../../support/use-command-target.ts';

const { database, run } = useCommandTarget();
const BLOG = 'blog/first-post';
const SEEN_AT = '2024-05-01T12:00:00';
const HASHER = { scheme: 'hmac-sha256', key: 'k'.repeat(32) } as const;
const hashIn = (counter: string, number: number) =>
  hashVisitor({ address: `203.0.113.${number}`, userAgent: 'x' }, HASHER, counter);

let file: string;
beforeEach(() => {
  vi.stubEnv('HASH_KEY', HASHER.key);
  file = join(temporaryFolder(), 'rows.jsonl');
});

const importRows = async (rows: readonly object[], ...args: string[]) => {
  const times = { first_accessed: SEEN_AT, last_accessed: SEEN_AT };
  writeFileSync(file, rows.map((row) => JSON.stringify({ ...times, ...row })).join('\n'));
  return run('import', '--from-file', file, ...args);
};

it('imports each row into the counter that it names, and the others into the site', async () => {
  project(database());
  const rows = [
    { session_hash: hashIn('site', 1) },
    { session_hash: hashIn('site', 2), counter_name: '/no name' },
    { session_hash: hashIn(BLOG, 1), counter_name: BLOG },
  ];
  expect((await importRows(rows)).code).toBe(0);
  await untilCounted(database(), { total: 2, removed: 0 });
  await untilCounted(database(), { total: 1, removed: 0 }, BLOG);
  expect(await rowOf(database(), hashIn(BLOG, 1))).toMatchObject({ counter_name: BLOG });
  expect(await rowOf(database(), hashIn('site', 2))).not.toHaveProperty('counter_name');
});

it('imports rows without a name into --counter, whose visitors count again', async () => {
  project(database());
  const rows = [
    { session_hash: hashIn('site', 1) },
    { session_hash: hashIn('shop', 1), counter_name: 'shop' },
  ];
  const refused = await importRows(rows, '--counter', BLOG);
  expect(refused).toMatchObject({
    ...{
      code: 2,
      err: expect.stringContaining(`1 of 2 rows have hashes that the counter ${BLOG}`),
    },
  });
  const again = ['--counter', BLOG, '--count-visitors-again'];
  expect((await importRows(rows, ...again)).code).toBe(0);
  await untilCounted(database(), { total: 1, removed: 0 }, BLOG);
  await untilCounted(database(), { total: 1, removed: 0 }, 'shop');
  expect(await run('verify', '--json')).toMatchObject({ code: 0 });
});

it('rejects a row whose hash another counter has, with the reason', async () => {
  project(database());
  const session_hash = hashIn('site', 1);
  expect((await importRows([{ session_hash }])).code).toBe(0);
  await untilCounted(database(), { total: 1, removed: 0 });
  const { code } = await importRows(
    [{ session_hash }],
    '--counter',
    BLOG,
    '--count-visitors-again',
  );
  expect(code).toBe(1);
  expect(readFileSync(`${file}.import-rejects`, 'utf8')).toContain(
    'a row of another counter has this session_hash',
  );
  expect(await run('verify')).toMatchObject({ code: 0 });
});
