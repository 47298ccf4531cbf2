import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { COUNTER, NAMES, NAMES_ADMITTED, nameKey } from './schema.ts';
import { sendTransaction, type Writes } from './send-transaction.ts';

/**
 * Deletes the item of a name that a pattern admits, and lowers the number of these names, in one transaction.
 * Returns whether there was an item; so a repeated call lowers the number once. Throws like `sendTransaction`.
 */
export const dropName = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  name: string,
): Promise<boolean> => {
  const [isMissing] = await sendTransaction(client, writesOf(tableName, name));
  return !isMissing;
};

const writesOf = (TableName: string, name: string): Writes => {
  const remove = {
    TableName,
    Key: { [COUNTER.name]: nameKey(name) },
    ConditionExpression: 'attribute_exists(#key)',
    ExpressionAttributeNames: { '#key': COUNTER.name },
  };
  const lower = {
    TableName,
    Key: { [COUNTER.name]: NAMES },
    UpdateExpression: 'ADD #admitted :less',
    ExpressionAttributeNames: { '#admitted': NAMES_ADMITTED },
    ExpressionAttributeValues: { ':less': -1 },
  };
  return [{ Delete: remove }, { Update: lower }];
};
