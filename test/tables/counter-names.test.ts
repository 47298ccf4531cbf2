import { GetCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { addCounterName, hasCounterName } from '../../src/tables/counter-names.ts';
import { cancelTransaction, clientOf } from '../support/answering-dynamodb.ts';
import { useDatabase } from '../support/embedded-database.ts';
import { openFreshTables } from '../support/projected-database.ts';

const useFile = useDatabase();

const open = async () => {
  const { client, tables } = await openFreshTables(useFile());
  const TableName = tables.COUNTS_TABLE;
  return {
    has: (name: string) => hasCounterName(client, TableName, name),
    add: (name: string, most = 3) => addCounterName(client, TableName, name, most),
    admitted: async () => {
      const { Item } = await client.send(new GetCommand({ TableName, Key: { counter: 'names' } }));
      return Item?.admitted;
    },
    names: async () => {
      const { Items = [] } = await client.send(new ScanCommand({ TableName }));
      return Items.map(({ counter }) => counter)
        .filter((key) => key.startsWith('name/'))
        .sort();
    },
  };
};

describe('the names that patterns admit', () => {
  it('have an item each, and one with their number', async () => {
    const { has, add, admitted, names } = await open();
    expect(await has('blog/a')).toBe(false);
    expect([await add('blog/a'), await add('blog/b')]).toEqual(['present', 'present']);
    expect([await has('blog/a'), await has('blog/c')]).toEqual([true, false]);
    expect(await names()).toEqual(['name/blog/a', 'name/blog/b']);
    expect(await admitted()).toBe(2);
  });

  it('are read consistently, so that one that was just added exists', async () => {
    const client = await clientOf(({ ConsistentRead }) =>
      ConsistentRead ? { Item: { counter: { S: 'name/blog/a' } } } : {},
    );
    expect(await hasCounterName(client, 'counts', 'blog/a')).toBe(true);
  });

  it('that exist are present whatever else is refused, and full is only for new ones', async () => {
    const addTo = async (...Codes: string[]) => {
      const client = await clientOf(() => cancelTransaction(Codes));
      return addCounterName(client, 'counts', 'blog/a', 3);
    };
    const [failed, none] = ['ConditionalCheckFailed', 'None'];
    expect(await addTo(failed, none)).toBe('present');
    expect(await addTo(failed, failed)).toBe('present');
    expect(await addTo(none, failed)).toBe('full');
  });

  it('count once however often they are added at the same time', async () => {
    const { add, admitted, names } = await open();
    const answers = await Promise.all(Array.from({ length: 50 }, () => add('blog/a')));
    expect(new Set(answers)).toEqual(new Set(['present']));
    expect({ names: await names(), admitted: await admitted() }).toEqual({
      names: ['name/blog/a'],
      admitted: 1,
    });
  });

  it('never exceed the limit, also when they are added at the same time', async () => {
    const { add, admitted, names } = await open();
    const adding = Array.from({ length: 50 }, (_, number) => add(`blog/${number}`, 10));
    const present = (await Promise.all(adding)).filter((answer) => answer === 'present');
    expect(present).toHaveLength(10);
    expect(await names()).toHaveLength(10);
    expect(await admitted()).toBe(10);
  });

  it('that exist are present at the limit, and also below it after the limit was lowered', async () => {
    const { add, admitted } = await open();
    for (const name of ['a', 'b', 'c']) await add(name);
    expect([await add('a'), await add('d')]).toEqual(['present', 'full']);
    expect([await add('a', 1), await add('d', 1)]).toEqual(['present', 'full']);
    expect(await add('d', 4)).toBe('present');
    expect(await admitted()).toBe(4);
  });
});
