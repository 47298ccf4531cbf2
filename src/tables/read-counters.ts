import { setTimeout } from 'node:timers/promises';
import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { ShownCounter } from '../domain/baseline.ts';
import { COUNTER, counterKey } from './schema.ts';
import { parseShownCounter } from './shown-counter.ts';

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html
const KEYS_PER_REQUEST = 100;
const MAX_REQUESTS = 5;
const FIRST_PAUSE_MS = 50;

/** An item, or the key of one. */
type Item = Record<string, unknown>;

/**
 * Several counters by name with their baselines, in the order of the names, each as `readShownCounter` returns it;
 * by one BatchGetItem for each 100 different names. It costs what as many GetItems cost: half a unit for an
 * eventually consistent read of a small item. The items are of different moments. Throws an UnprocessedKeysError
 * when DynamoDB goes on leaving some of them out, and what the SDK throws.
 */
export const readCounters = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  counters: readonly string[],
  consistency: 'eventual' | 'strong' = 'eventual',
): Promise<ReadonlyMap<string, ShownCounter>> => {
  const table = { client, tableName, ConsistentRead: consistency === 'strong' };
  const items = new Map<unknown, Item>();
  for (const keys of inRequests([...new Set(counters)].map(keyOf))) {
    for (const item of await readItems(table, keys)) items.set(item[COUNTER.name], item);
  }
  return new Map(counters.map((name) => [name, parseShownCounter(items.get(counterKey(name)))]));
};

const keyOf = (counter: string): Item => ({ [COUNTER.name]: counterKey(counter) });

const inRequests = (keys: readonly Item[]): Item[][] =>
  Array.from({ length: Math.ceil(keys.length / KEYS_PER_REQUEST) }, (_, request) =>
    keys.slice(request * KEYS_PER_REQUEST, (request + 1) * KEYS_PER_REQUEST),
  );

interface Table {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
  readonly ConsistentRead: boolean;
}

// The SDK does not retry what a successful response leaves out: throttled items, and those beyond 16 MB.
const readItems = async (table: Table, keys: Item[], requests = 1): Promise<Item[]> => {
  const { client, tableName, ConsistentRead } = table;
  const { Responses, UnprocessedKeys } = await client.send(
    new BatchGetCommand({ RequestItems: { [tableName]: { Keys: keys, ConsistentRead } } }),
  );
  const items = Responses?.[tableName] ?? [];
  const left = UnprocessedKeys?.[tableName]?.Keys ?? [];
  if (left.length === 0) return items;
  if (requests === MAX_REQUESTS) throw new UnprocessedKeysError(tableName, left.length);
  await setTimeout(FIRST_PAUSE_MS * 2 ** (requests - 1));
  return [...items, ...(await readItems(table, left, requests + 1))];
};

/** DynamoDB left items out of each response to a BatchGetItem, so the table is probably throttled. */
class UnprocessedKeysError extends Error {
  override readonly name = 'UnprocessedKeysError';
  /** As in each error of the SDK: a request that fails because of it gets a 503 and may be repeated. */
  readonly $metadata = {};

  constructor(tableName: string, left: number) {
    super(
      `BatchGetItem must return every item of the table ${tableName} within ${MAX_REQUESTS} requests, ` +
        `but ${left} are missing; see whether the table is throttled`,
    );
  }
}
