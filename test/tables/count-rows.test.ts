import { beforeEach, expect, it } from 'vitest';
import { SITE } from '../../src/domain/counter-name.ts';
import { countRows, type RowScan } from '../../src/tables/count-rows.ts';
import { clientOf } from '../support/answering-dynamodb.ts';
import { type TestDatabase, useDatabase } from '../support/embedded-database.ts';
import { openFreshTables } from '../support/projected-database.ts';
import { storeRows } from '../support/session-rows.ts';

const useFile = useDatabase();
const CUTOFF = '2026-11-23T18:00:00.000Z';
let database: TestDatabase;
beforeEach(async () => {
  database = await openFreshTables(useFile());
});
const count = (scan?: RowScan) =>
  countRows(database.client, database.tables.SESSIONS_TABLE, Date.parse(CUTOFF), scan);
const countSite = async (scan?: RowScan) => (await count(scan)).get(SITE);
const NONE = { byDay: new Map(), undated: 0, sinceCutoff: 0, ahead: 0 };
const rowsOf = (prefix: string, rows: number, first_accessed?: unknown) =>
  Array.from({ length: rows }, (_, number) => ({
    ...{ session_hash: `${prefix}-${number}` },
    ...(first_accessed !== undefined && { first_accessed }),
  }));

it('counts no row in an empty table', async () => {
  expect(await count()).toEqual(new Map());
});

it('counts each row by its day, and separately from the cutoff on, to the millisecond', async () => {
  await storeRows(database, [
    ...rowsOf('old', 2, '2026-11-20T00:00:00.000Z'),
    ...rowsOf('new', 1, '2026-11-23T17:59:59.999Z'),
    ...rowsOf('since', 3, CUTOFF),
    ...rowsOf('ahead', 4, '2026-11-24T00:00:00.000Z'),
  ]);
  expect(await countSite()).toEqual({
    byDay: new Map([
      ['2026-11-20', 2],
      ['2026-11-23', 1],
    ]),
    ...{ undated: 0, sinceCutoff: 3, ahead: 4 },
  });
});

it('separately counts rows without a first visit or with an invalid date', async () => {
  const dates = [undefined, 'yesterday', 7, null];
  await storeRows(
    database,
    dates.flatMap((date, at) => rowsOf(`undated-${at}`, 2, date)),
  );
  expect(await countSite()).toEqual({ ...NONE, undated: 8 });
});

it('counts the rows of each counter, and for the site what names none', async () => {
  const first_accessed = '2026-11-20T00:00:00.000Z';
  const named = (counter_name: unknown, rows: number) =>
    rowsOf(`named-${counter_name}`, rows, first_accessed).map((row) => ({ ...row, counter_name }));
  await storeRows(database, [
    ...[...rowsOf('site', 1, first_accessed), ...named('blog/a', 2), ...named('b', 3)],
    ...[...named('/no name', 1), ...named(7, 1), ...named('site', 1)],
  ]);
  const rows = await count();
  expect([...rows].map(([name, { byDay }]) => [name, byDay.get('2026-11-20')]).sort()).toEqual([
    ...[
      ['b', 3],
      ['blog/a', 2],
    ],
    ['site', 4],
  ]);
});

it.each([1, 4])(
  'counts every row once, past the first megabyte, in %i segments',
  async (segments) => {
    const first_accessed = '2026-11-20T00:00:00.000Z';
    const wide = rowsOf('wide', 8, first_accessed).map((row) => ({
      ...row,
      at: 'x'.repeat(390_000),
    }));
    for (const row of wide) await storeRows(database, [row]);
    const pages: number[] = [];
    expect(await countSite({ segments, onRows: (rows) => void pages.push(rows) })).toEqual({
      ...{ ...NONE, byDay: new Map([['2026-11-20', 8]]) },
    });
    expect(pages.reduce((sum, rows) => sum + rows, 0)).toBe(8);
    expect(pages.length).toBeGreaterThan(1);
  },
);

it('ends as soon as its callback throws', async () => {
  await storeRows(database, rowsOf('row', 1, CUTOFF));
  const onRows = (): void => {
    throw new Error('out of time');
  };
  await expect(count({ segments: 1, onRows })).rejects.toThrow('out of time');
});

it('reads consistently, because a replica may lack what the counter has', async () => {
  const fresh = [{ first_accessed: { S: CUTOFF } }];
  const client = await clientOf(({ ConsistentRead }) => ({ Items: ConsistentRead ? fresh : [] }));
  const rows = await countRows(client, 'sessions', Date.parse(CUTOFF));
  expect(rows.get(SITE)).toMatchObject({ sinceCutoff: 1 });
});

it('accepts a page without rows', async () => {
  const client = await clientOf(() => ({}));
  expect(await countRows(client, 'sessions', Date.parse(CUTOFF))).toEqual(new Map());
});
