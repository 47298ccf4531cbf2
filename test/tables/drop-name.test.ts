import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, expect, it } from 'vitest';
import { addCounterName, hasCounterName } from '../../src/tables/counter-names.ts';
import { dropName } from '../../src/tables/drop-name.ts';
import { NAMES, NAMES_ADMITTED } from '../../src/tables/schema.ts';
import { type TestDatabase, useDatabase } from '../support/embedded-database.ts';
import { openFreshTables } from '../support/projected-database.ts';

const useFile = useDatabase();
let database: TestDatabase;
let table: string;
beforeEach(async () => {
  database = await openFreshTables(useFile());
  table = database.tables.COUNTS_TABLE;
});
const add = (name: string, most = 2) => addCounterName(database.client, table, name, most);
const drop = (name: string) => dropName(database.client, table, name);
const admitted = async (): Promise<unknown> => {
  const key = { TableName: table, Key: { counter: NAMES }, ConsistentRead: true };
  return (await database.client.send(new GetCommand(key))).Item?.[NAMES_ADMITTED];
};

it('makes room for another name', async () => {
  await add('blog/a');
  await add('blog/b');
  expect(await add('blog/c')).toBe('full');
  expect(await drop('blog/a')).toBe(true);
  expect(await hasCounterName(database.client, table, 'blog/a')).toBe(false);
  expect(await hasCounterName(database.client, table, 'blog/b')).toBe(true);
  expect(await add('blog/c')).toBe('present');
  expect(await admitted()).toBe(2);
});

it('lowers the number once, even when it is called at once several times', async () => {
  await add('blog/a');
  await add('blog/b');
  const dropped = await Promise.all(Array.from({ length: 8 }, () => drop('blog/a')));
  expect(dropped.filter((one) => one)).toHaveLength(1);
  expect(await admitted()).toBe(1);
});

it('changes nothing for a name without an item', async () => {
  expect(await drop('listed')).toBe(false);
  expect(await admitted()).toBeUndefined();
});
