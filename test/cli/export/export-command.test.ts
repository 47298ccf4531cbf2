import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { SITE } from '../../../src/domain/counter-name.ts';
import { deleteSession } from '../../../src/tables/delete-session.ts';
import { setBaseline } from '../../../src/tables/set-baseline.ts';
import { runCommandHere, tableOptions } from '../../support/counter-command.ts';
import { runOnFullDisk } from '../../support/full-disk.ts';
import {
  openFreshTables,
  project,
  untilCounted,
  visitAt,
} from '../../support/projected-database.ts';
import { storeRows } from '../../support/session-rows.ts';
import { rowsOf } from '../../support/several-counters.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { useCommandTarget } from '../../support/use-command-target.ts';

const { database, run } = useCommandTarget();
const BLOG = 'blog/first';
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
// In different months, whatever the day.
const OLD = daysAgo(40);
const NEW = daysAgo(2);
const dayOf = (time: string) => time.slice(0, 10);
const monthOf = (time: string) => time.slice(0, 7);

const count = async (): Promise<void> => {
  project(database());
  await visitAt(database(), NEW, ['a']);
  await visitAt(database(), OLD, ['b', 'c']);
  await visitAt(database(), OLD, ['d'], BLOG);
  await untilCounted(database(), { total: 3, removed: 0 });
  await untilCounted(database(), { total: 1, removed: 0 }, BLOG);
  await deleteSession(database().client, database().tables.SESSIONS_TABLE, 'b');
  await untilCounted(database(), { total: 3, removed: 1 });
};
const linesOf = (text: string): string[] => text.trimEnd().split(/\r?\n/);
const recordsOf = (text: string) => linesOf(text).map((line) => JSON.parse(line));

describe('the totals, months and days', () => {
  it('are exported as CSV, counter by counter', async () => {
    await count();
    const baseline = { sessions: 10_000, since: '2019-03-01' };
    await setBaseline(database().client, database().tables.COUNTS_TABLE, SITE, baseline);
    const { code, out, err } = await run('export');
    const blog =
      `${BLOG},total,,1,0\r\n${BLOG},month,${monthOf(OLD)},1,\r\n` +
      `${BLOG},day,${dayOf(OLD)},1,0\r\n`;
    const site =
      'site,total,,3,1\r\nsite,baseline,2019-03-01,10000,\r\n' +
      `site,month,${monthOf(OLD)},2,\r\nsite,month,${monthOf(NEW)},1,\r\n` +
      `site,day,${dayOf(OLD)},2,1\r\nsite,day,${dayOf(NEW)},1,0\r\n`;
    const header = 'counter,kind,date,sessions,removed\r\n';
    // DynamoDB returns items in an order of its own.
    expect([header + site + blog, header + blog + site]).toContain(out);
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  it('are exported as JSON lines, of one counter by its name', async () => {
    await count();
    await setBaseline(database().client, database().tables.COUNTS_TABLE, SITE, { sessions: 7 });
    const { out } = await run('export', '--format', 'jsonl', '--counter', 'site');
    expect(recordsOf(out)).toEqual([
      { counter: 'site', kind: 'total', sessions: 3, removed: 1 },
      { counter: 'site', kind: 'baseline', sessions: 7 },
      { counter: 'site', kind: 'month', date: monthOf(OLD), sessions: 2 },
      { counter: 'site', kind: 'month', date: monthOf(NEW), sessions: 1 },
      { counter: 'site', kind: 'day', date: dayOf(OLD), sessions: 2, removed: 1 },
      { counter: 'site', kind: 'day', date: dayOf(NEW), sessions: 1, removed: 0 },
    ]);
  });

  it('are those of the site before the first visit', async () => {
    for (const args of [[], ['--counter', 'site']]) {
      const { code, out } = await run('export', ...args);
      expect({ code, lines: linesOf(out) }).toEqual({
        code: 0,
        lines: ['counter,kind,date,sessions,removed', 'site,total,,0,0'],
      });
    }
  });
});

describe('the rows', () => {
  it('are exported with their hash, counter, first and last visit, and nothing else', async () => {
    await visitAt(database(), OLD, ['a']);
    await visitAt(database(), NEW, ['a']);
    await visitAt(database(), NEW, ['b'], BLOG);
    const { code, out } = await run('export', '--rows');
    const [header, ...rows] = linesOf(out);
    expect({ code, header, rows: rows.sort() }).toEqual({
      code: 0,
      header: 'session_hash,counter_name,first_accessed,last_accessed',
      rows: [`a,site,${OLD},${NEW}`, `b,${BLOG},${NEW},${NEW}`],
    });
  });

  it('are exported as they are, even without a time', async () => {
    await storeRows(database(), [{ session_hash: 'say "a, b"', first_accessed: 7 }]);
    expect(linesOf((await run('export', '--rows')).out)[1]).toBe('"say ""a, b""",site,,');
  });

  it('of one counter are exported by its name, also before it has an item', async () => {
    await visitAt(database(), OLD, ['a']);
    await visitAt(database(), NEW, ['b'], BLOG);
    const { out } = await run('export', '--rows', '--format', 'jsonl', '--counter', BLOG);
    expect(recordsOf(out)).toEqual([
      { session_hash: 'b', counter_name: BLOG, first_accessed: NEW, last_accessed: NEW },
    ]);
  });

  it('of a sessions table only: another table is refused', async () => {
    const { COUNTS_TABLE } = database().tables;
    const tables = ['--sessions-table', COUNTS_TABLE, '--counts-table', COUNTS_TABLE];
    const { code, err } = await runCommandHere(['export', '--rows', ...tables]);
    expect({ code, err }).toEqual({
      code: 3,
      err: expect.stringContaining('not a sessions table'),
    });
  });

  it('can be imported into an empty counter, with their counters and times', async () => {
    await visitAt(database(), OLD, ['a'.repeat(22)]);
    await visitAt(database(), NEW, ['a'.repeat(22)]);
    await visitAt(database(), NEW, ['b'.repeat(22)], BLOG);
    const folder = temporaryFolder();
    const file = join(folder, 'rows.jsonl');
    expect((await run('export', '--rows', '--format', 'jsonl', '--to', file)).code).toBe(0);
    const other = await openFreshTables(database());
    const args = ['import', '--from-file', file, '--count-visitors-again', ...tableOptions(other)];
    expect((await runCommandHere(args)).code).toBe(0);
    const known = async (from: typeof other) =>
      (await rowsOf(from)).map(({ expires_at, ...row }) => row);
    expect(await known(other)).toEqual(await known(database()));
  });
});

describe('an unknown counter', () => {
  it.each([[[]], [['--rows']]])('is refused, and leaves no file: %j', async (args) => {
    const file = join(temporaryFolder(), 'out.csv');
    const { code, err } = await run('export', '--counter', 'abuot', '--to', file, ...args);
    expect({ code, err }).toEqual({
      code: 3,
      err: expect.stringContaining('There is no counter abuot'),
    });
    expect(() => readFileSync(file)).toThrow('ENOENT');
  });
});

describe('--to', () => {
  let file: string;
  beforeEach(async () => {
    file = join(temporaryFolder(), 'out.csv');
    await visitAt(database(), OLD, ['a']);
  });

  it('writes a file, and says how many records it holds', async () => {
    const { code, out } = await run('export', '--rows', '--to', file);
    expect({ code, out }).toEqual({ code: 0, out: `Wrote 1 record to ${file}.\n` });
    expect(linesOf(readFileSync(file, 'utf8'))).toHaveLength(2);
    const again = ['export', '--rows', '--to', file, '--overwrite', '--json'];
    expect(JSON.parse((await run(...again)).out)).toEqual({ file, records: 1 });
  });

  it('never changes a file that exists, unless it is told to', async () => {
    writeFileSync(file, 'a letter');
    const { code, err } = await run('export', '--to', file);
    expect({ code, err }).toEqual({
      code: 2,
      err: `${file} already exists. It was not changed; use another name, or replace it with --overwrite\n`,
    });
    expect(readFileSync(file, 'utf8')).toBe('a letter');
    expect((await run('export', '--to', file, '--overwrite')).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(
      'counter,kind,date,sessions,removed\r\nsite,total,,0,0\r\n',
    );
  });
});

describe('an export that does not end', () => {
  it.each([[[]], [['--rows']]])('leaves no file when it is interrupted: %j', async (args) => {
    await visitAt(database(), OLD, ['a']);
    const folder = temporaryFolder();
    const line = ['export', '--to', join(folder, 'out.csv'), ...args, ...tableOptions(database())];
    const { code } = await runCommandHere(line, {
      signal: AbortSignal.abort(new Error('interrupted')),
    });
    expect({ code, files: readdirSync(folder) }).toEqual({ code: 130, files: [] });
  });

  it('leaves no file on a full disk', async () => {
    const hashes = Array.from({ length: 100 }, (_, number) => `${number}`.padEnd(22, '-'));
    await storeRows(
      database(),
      hashes.map((session_hash) => ({ session_hash })),
    );
    const folder = temporaryFolder();
    const file = join(folder, 'out.csv');
    const args = ['export', '--rows', '--to', file, ...tableOptions(database())];
    const { code, err } = await runOnFullDisk(1, args);
    expect({ code, err, files: readdirSync(folder) }).toEqual({
      ...{ code: 3, files: [] },
      err: `${file} has reached the maximum file size\n`,
    });
  });
});

it.each([
  { args: ['--format', 'xml'], says: '--format must be csv or jsonl, but it is "xml"' },
  { args: ['--overwrite'], says: '--overwrite needs --to FILE' },
  { args: ['--to', ''], says: '--to needs a value' },
  { args: ['--counter', '/x'], says: '--counter must be 1 to 64 letters' },
])('rejects $args', async ({ args, says }) => {
  const { code, err } = await run('export', ...args);
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(says) });
});
