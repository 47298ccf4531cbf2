import { GetCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { addCounterName, hasCounterName } from '../../src/tables/counter-names.ts';
import { clientOf } from '../support/answering-dynamodb.ts';
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

const FAILED = 'ConditionalCheckFailed';
const CONFLICT = 'TransactionConflict';
const NONE = 'None';

/** Adds a name in a DynamoDB that cancels the transaction for these reasons, one pair for each attempt. */
const addTo = async (...cancellations: string[][]) => {
  let attempts = 0;
  const client = await clientOf(() => {
    const reasons = cancellations[attempts];
    attempts += 1;
    if (reasons === undefined) return {};
    throw Object.assign(new Error('The transaction is cancelled'), {
      name: 'TransactionCanceledException',
      CancellationReasons: reasons.map((Code) => ({ Code })),
    });
  });
  const outcome = await addCounterName(client, 'counts', 'blog/a', 3).catch(({ name }) => name);
  return { outcome, attempts };
};

describe('a transaction that is cancelled', () => {
  it.each([
    { reasons: [FAILED, NONE], outcome: 'present' },
    { reasons: [FAILED, FAILED], outcome: 'present' },
    { reasons: [FAILED, CONFLICT], outcome: 'present' },
    { reasons: [NONE, FAILED], outcome: 'full' },
  ])('for $reasons ends with "$outcome"', async ({ reasons, outcome }) => {
    expect(await addTo(reasons)).toEqual({ outcome, attempts: 1 });
  });

  it.each([
    { reasons: [CONFLICT, NONE] },
    { reasons: [NONE, CONFLICT] },
    { reasons: [CONFLICT, FAILED] },
  ])('for $reasons is sent again', async ({ reasons }) => {
    expect(await addTo(reasons, reasons)).toEqual({ outcome: 'present', attempts: 3 });
  });

  it('for other reasons throws, and so does the last of too many conflicts', async () => {
    const thrown = 'TransactionCanceledException';
    expect(await addTo([NONE, 'ThrottlingError'])).toEqual({ outcome: thrown, attempts: 1 });
    expect(await addTo([])).toEqual({ outcome: thrown, attempts: 1 });
    const conflicts = Array.from({ length: 9 }, () => [NONE, CONFLICT]);
    expect(await addTo(...conflicts)).toEqual({ outcome: thrown, attempts: 6 });
  });
});
