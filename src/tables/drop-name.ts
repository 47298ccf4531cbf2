import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { COUNTER, NAMES, NAMES_ADMITTED, nameKey } from './schema.ts';

/**
 * Deletes the item of a name that a pattern admits, and lowers the number of these names, in one transaction.
 * Returns whether there was an item; so a repeated call lowers the number once. Throws what the SDK throws.
 */
export const dropName = async (
  client: DynamoDBDocumentClient,
  TableName: string,
  name: string,
): Promise<boolean> => {
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
  const TransactItems = [{ Delete: remove }, { Update: lower }];
  try {
    await client.send(new TransactWriteCommand({ TransactItems }));
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
};

// One reason for each write, in their order.
const isMissing = (error: unknown): boolean =>
  error instanceof TransactionCanceledException &&
  error.CancellationReasons?.[0]?.Code === 'ConditionalCheckFailed';
