import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { createCapacityMeter } from '../../measure/capacity-meter.ts';
import { EMPTY_COUNTER } from '../../src/domain/counter.ts';
import { readCounters } from '../../src/tables/read-counters.ts';
import { COUNTER, counterKey } from '../../src/tables/schema.ts';
import { clientOf } from '../support/answering-dynamodb.ts';
import { useDatabase } from '../support/embedded-database.ts';

const database = useDatabase();
const NAMES = ['site', ...Array.from({ length: 129 }, (_, page) => `blog/${page}`)];

beforeAll(async () => {
  const { client, tables } = database();
  for (const [total, name] of NAMES.entries()) {
    const Item = { [COUNTER.name]: counterKey(name), [COUNTER.total]: total };
    await client.send(new PutCommand({ TableName: tables.COUNTS_TABLE, Item }));
  }
});

const read = (names: readonly string[], consistency?: 'strong') =>
  readCounters(database().client, database().tables.COUNTS_TABLE, names, consistency);

describe('reading several counters', () => {
  it('returns each under its name, in the order of the names', async () => {
    const counters = await read(['blog/7', 'site', 'blog/2']);
    expect([...counters].map(([name, { total }]) => [name, total])).toEqual([
      ['blog/7', 8],
      ['site', 0],
      ['blog/2', 3],
    ]);
  });

  it('returns the empty counter for one without an item', async () => {
    const counters = await read(['blog/none', 'blog/1']);
    expect(counters.get('blog/none')).toEqual(EMPTY_COUNTER);
    expect(counters.get('blog/1')?.total).toBe(2);
  });

  it('costs half a unit for each, or one with strong consistency, in a request for each 100', async () => {
    const meter = createCapacityMeter(database().client);
    const fifty = [...NAMES.slice(0, 50), NAMES[0] ?? ''];
    expect(await meter(() => read(fifty))).toMatchObject({ requests: 1, readUnits: 25 });
    expect(await meter(() => read(fifty, 'strong'))).toMatchObject({ requests: 1, readUnits: 50 });
    let counters: Awaited<ReturnType<typeof read>> = new Map();
    const readAll = async () => {
      counters = await read(NAMES);
    };
    expect(await meter(readAll)).toMatchObject({ requests: 2, readUnits: 65 });
    expect([...counters.values()].map(({ total }) => total)).toEqual(NAMES.map((_, i) => i));
    expect(await meter(() => read([]))).toMatchObject({ requests: 0 });
  });
});

type Keys = { counter: { S: string } }[];

/** A DynamoDB that returns at most so many items of a request, and counts the requests. */
const clientWithLimit = async (limit: number) => {
  const requests: number[] = [];
  const client = await clientOf((request) => {
    const { Keys } = (request.RequestItems as { counts: { Keys: Keys } }).counts;
    requests.push(Keys.length);
    const [taken, left] = [Keys.slice(0, limit), Keys.slice(limit)];
    return {
      Responses: { counts: taken.map((key) => ({ ...key, total: { N: '7' } })) },
      UnprocessedKeys: left.length > 0 ? { counts: { Keys: left } } : {},
    };
  });
  return { client, requests };
};

describe('items that DynamoDB leaves out', () => {
  it('are read by further requests', async () => {
    const { client, requests } = await clientWithLimit(2);
    const counters = await readCounters(client, 'counts', ['a', 'b', 'site', 'c', 'd']);
    expect([...counters.values()].map(({ total }) => total)).toEqual([7, 7, 7, 7, 7]);
    expect(requests).toEqual([5, 3, 1]);
  });

  it('are an error after five requests, as one of the SDK that may be tried again', async () => {
    const { client, requests } = await clientWithLimit(0);
    await expect(readCounters(client, 'counts', ['a', 'b'])).rejects.toMatchObject({
      name: 'UnprocessedKeysError',
      message: expect.stringContaining('within 5 requests, but 2 are missing'),
      $metadata: {},
    });
    expect(requests).toHaveLength(5);
  });
});
