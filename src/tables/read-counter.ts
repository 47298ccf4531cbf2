import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Counter } from '../domain/counter.ts';
import { SITE } from '../domain/counter-name.ts';
import { parseCounterItem } from './counter-item.ts';
import { COUNTER, counterKey } from './schema.ts';

/**
 * The counter, by one GetItem; the empty counter before the first visit. Always the state after a
 * complete write, never a mix of two. Throws what the SDK throws.
 */
export const readCounter = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  consistency: 'eventual' | 'strong' = 'eventual',
  counter: string = SITE,
): Promise<Counter> => {
  const ConsistentRead = consistency === 'strong';
  const key = keyIn(tableName, counter);
  const { Item } = await client.send(new GetCommand({ ...key, ConsistentRead }));
  return parseCounterItem(Item);
};

/** The counter, and the size of its item. */
export interface SizedCounter {
  readonly counter: Counter;
  /** Rounded up to 4 KB, as DynamoDB charges it. */
  readonly bytes: number;
}

// An eventually consistent read costs half a unit per 4 KB.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
const BYTES_PER_UNIT = 8 * 1_024;

/** The counter, as from `readCounter`, and the size of its item. Throws what the SDK throws. */
export const readSizedCounter = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  counter: string = SITE,
): Promise<SizedCounter> => {
  const { Item, ConsumedCapacity } = await client.send(
    new GetCommand({ ...keyIn(tableName, counter), ReturnConsumedCapacity: 'TOTAL' }),
  );
  const bytes = (ConsumedCapacity?.CapacityUnits ?? 0) * BYTES_PER_UNIT;
  return { counter: parseCounterItem(Item), bytes };
};

const keyIn = (TableName: string, counter: string) => ({
  TableName,
  Key: { [COUNTER.name]: counterKey(counter) },
});
