import {
  type DynamoDBDocumentClient,
  GetCommand,
  type GetCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { ShownCounter } from '../domain/baseline.ts';
import type { Counter } from '../domain/counter.ts';
import { SITE } from '../domain/counter-name.ts';
import { parseCounterItem } from './counter-item.ts';
import { COUNTER, counterKey } from './schema.ts';
import { parseShownCounter } from './shown-counter.ts';

/** How current a read is; a strongly consistent one costs twice as much. */
type Consistency = 'eventual' | 'strong';

/**
 * The counter, by one GetItem; the empty counter before the first visit. Always the state after a
 * complete write, never a mix of two. Throws what the SDK throws.
 */
export const readCounter = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  consistency: Consistency = 'eventual',
  counter: string = SITE,
): Promise<Counter> =>
  parseCounterItem(await readItem(client, itemIn(tableName, counter, consistency)));

/**
 * The counter with its baseline, by the same request as `readCounter`. Throws an UnreadableBaselineError, and as
 * `readCounter` does.
 */
export const readShownCounter = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  consistency: Consistency = 'eventual',
  counter: string = SITE,
): Promise<ShownCounter> =>
  parseShownCounter(await readItem(client, itemIn(tableName, counter, consistency)));

const readItem = async (client: DynamoDBDocumentClient, item: GetCommandInput) =>
  (await client.send(new GetCommand(item))).Item;

const itemIn = (TableName: string, counter: string, consistency: Consistency): GetCommandInput => ({
  TableName,
  Key: { [COUNTER.name]: counterKey(counter) },
  ConsistentRead: consistency === 'strong',
});

/** The counter with its baseline, and the size of its item. */
export interface SizedCounter {
  readonly counter: ShownCounter;
  /** Rounded up to 4 KB, as DynamoDB charges it. */
  readonly bytes: number;
}

// An eventually consistent read costs half a unit per 4 KB.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
const BYTES_PER_UNIT = 8 * 1_024;

/** The counter, as from `readShownCounter`, and the size of its item. Throws as `readShownCounter` does. */
export const readSizedCounter = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  counter: string = SITE,
): Promise<SizedCounter> => {
  const item = itemIn(tableName, counter, 'eventual');
  const { Item, ConsumedCapacity } = await client.send(
    new GetCommand({ ...item, ReturnConsumedCapacity: 'TOTAL' }),
  );
  const bytes = (ConsumedCapacity?.CapacityUnits ?? 0) * BYTES_PER_UNIT;
  return { counter: parseShownCounter(Item), bytes };
};
