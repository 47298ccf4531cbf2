import { setTimeout } from 'node:timers/promises';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { COUNTER, NAMES, NAMES_ADMITTED, nameKey } from './schema.ts';

const ATTEMPTS = 6;
const FIRST_DELAY_MS = 25;

/**
 * Deletes the item of a name that a pattern admits, and lowers the number of these names, in one transaction.
 * Returns whether there was an item; so a repeated call lowers the number once. Sends the transaction again, up to
 * five times, while others change the same items. Throws what the SDK throws, such as the last of these conflicts.
 */
export const dropName = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  name: string,
): Promise<boolean> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.send(dropTransaction(tableName, name));
      return true;
    } catch (error) {
      const [removed, ...others] = reasonsOf(error);
      if (removed === 'ConditionalCheckFailed') return false;
      const isConflict = [removed, ...others].includes('TransactionConflict');
      if (!isConflict || attempt === ATTEMPTS) throw error;
    }
    // Random, so that those who met do not meet again.
    await setTimeout(Math.random() * FIRST_DELAY_MS * 2 ** attempt);
  }
};

const dropTransaction = (TableName: string, name: string): TransactWriteCommand => {
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
  return new TransactWriteCommand({ TransactItems: [{ Delete: remove }, { Update: lower }] });
};

// One reason for each write, in their order.
const reasonsOf = (error: unknown): (string | undefined)[] =>
  error instanceof TransactionCanceledException
    ? (error.CancellationReasons ?? []).map(({ Code }) => Code)
    : [];
