import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, expect, it } from 'vitest';
import { EMPTY_COUNTER } from '../../src/domain/counter.ts';
import { SITE } from '../../src/domain/counter-name.ts';
import { scanCounters } from '../../src/tables/scan-counters.ts';
import { counterKey, NAMES, nameKey } from '../../src/tables/schema.ts';
import { clientOf } from '../support/answering-dynamodb.ts';
import { type TestDatabase, useDatabase } from '../support/embedded-database.ts';
import { openFreshTables } from '../support/projected-database.ts';

const useFile = useDatabase();
let database: TestDatabase;
beforeEach(async () => {
  database = await openFreshTables(useFile());
});
const put = (Item: Record<string, unknown>) =>
  database.client.send(new PutCommand({ TableName: database.tables.COUNTS_TABLE, Item }));

it('has the site, even without an item', async () => {
  const counters = await scanCounters(database.client, database.tables.COUNTS_TABLE);
  expect(counters).toEqual(new Map([[SITE, EMPTY_COUNTER]]));
});

it('has each counter with an item, and no other item of the table', async () => {
  for (const [name, total] of [
    [SITE, 3],
    ['blog/a', 2],
  ] as const) {
    await put({ counter: counterKey(name), total });
  }
  const others = [
    'last_audit',
    NAMES,
    nameKey('blog/b'),
    'distinct_sessions/',
    'distinct_sessionsx',
  ];
  for (const counter of [...others, 'distinct_sessions/site', 'distinct_sessions/_x']) {
    await put({ counter, total: 9 });
  }
  const counters = await scanCounters(database.client, database.tables.COUNTS_TABLE);
  expect([...counters].map(([name, { total }]) => [name, total]).sort()).toEqual([
    ['blog/a', 2],
    [SITE, 3],
  ]);
});

it('has the counters of every page, by strongly consistent reads when asked', async () => {
  const itemOf = (name: string) => ({ counter: { S: counterKey(name) }, total: { N: '1' } });
  const client = await clientOf(({ ExclusiveStartKey, ConsistentRead }) =>
    ExclusiveStartKey
      ? { Items: ConsistentRead ? [itemOf('b')] : [] }
      : { Items: [itemOf('a')], LastEvaluatedKey: { counter: { S: 'x' } } },
  );
  expect([...(await scanCounters(client, 'counts', 'strong')).keys()]).toEqual([SITE, 'a', 'b']);
});
