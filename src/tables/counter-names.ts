import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { createPlaceholders } from './expression.ts';
import { COUNTER, NAMES, NAMES_ADMITTED, nameKey } from './schema.ts';
import { sendTransaction, type Writes } from './send-transaction.ts';

/** Whether there is an item for a name that a pattern admits: one consistent GetItem. Throws what the SDK throws. */
export const hasCounterName = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  name: string,
): Promise<boolean> => {
  const key = { TableName: tableName, Key: { [COUNTER.name]: nameKey(name) } };
  const { Item } = await client.send(new GetCommand({ ...key, ConsistentRead: true }));
  return Item !== undefined;
};

/** How adding a name ended: `present` if its item exists now, `full` if there are as many names as there may be. */
export type AddedName = 'present' | 'full';

/**
 * Adds the item of a name and raises the number of names, in one transaction: concurrent calls for one name count it
 * once, and the number never exceeds `maxCounters`. Throws like `sendTransaction`.
 */
export const addCounterName = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  name: string,
  maxCounters: number,
): Promise<AddedName> => {
  const writes = writesOf(tableName, name, maxCounters);
  const [exists, isFull] = await sendTransaction(client, writes);
  // A name that exists is admitted, even if there is no room for another.
  return isFull && !exists ? 'full' : 'present';
};

const writesOf = (TableName: string, name: string, maxCounters: number): Writes => {
  const names = createPlaceholders();
  const admitted = names.name(NAMES_ADMITTED);
  const one = names.value(1);
  const max = names.value(maxCounters);
  const put = {
    TableName,
    Item: { [COUNTER.name]: nameKey(name) },
    ConditionExpression: 'attribute_not_exists(#key)',
    ExpressionAttributeNames: { '#key': COUNTER.name },
  };
  const update = {
    TableName,
    Key: { [COUNTER.name]: NAMES },
    UpdateExpression: `ADD ${admitted} ${one}`,
    ConditionExpression: `attribute_not_exists(${admitted}) OR ${admitted} < ${max}`,
    ExpressionAttributeNames: names.names,
    ExpressionAttributeValues: names.values,
  };
  return [{ Put: put }, { Update: update }];
};
