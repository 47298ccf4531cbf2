import { setTimeout } from 'node:timers/promises';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { createPlaceholders } from './expression.ts';
import { COUNTER, NAMES, NAMES_ADMITTED, nameKey } from './schema.ts';

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
 * once, and the number never exceeds `maxCounters`. Sends the transaction again, up to five times, while others change
 * the same items. Throws what the SDK throws, such as the last of these conflicts.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html
 */
export const addCounterName = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  name: string,
  maxCounters: number,
): Promise<AddedName> => {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await send(client, nameTransaction(tableName, name, maxCounters));
    if (typeof answer === 'string') return answer;
    if (attempt === ATTEMPTS) throw answer;
    // Random, so that those who met do not meet again.
    await setTimeout(Math.random() * FIRST_DELAY_MS * 2 ** attempt);
  }
};

const ATTEMPTS = 6;
const FIRST_DELAY_MS = 25;

const nameTransaction = (
  TableName: string,
  name: string,
  maxCounters: number,
): TransactWriteCommand => {
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
  return new TransactWriteCommand({ TransactItems: [{ Put: put }, { Update: update }] });
};

const send = async (
  client: DynamoDBDocumentClient,
  transaction: TransactWriteCommand,
): Promise<AddedName | TransactionCanceledException> => {
  try {
    await client.send(transaction);
    return 'present';
  } catch (error) {
    if (error instanceof TransactionCanceledException) return answerOf(error);
    throw error;
  }
};

const FAILED = 'ConditionalCheckFailed';
const CONFLICT = 'TransactionConflict';

// One reason for each write, in their order. A name that exists is admitted, even if there is no room for another.
const answerOf = (
  error: TransactionCanceledException,
): AddedName | TransactionCanceledException => {
  const [put, update] = (error.CancellationReasons ?? []).map(({ Code }) => Code);
  if (put === FAILED) return 'present';
  if (put === CONFLICT || update === CONFLICT) return error;
  if (update === FAILED) return 'full';
  throw error;
};
