import { DeleteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { SESSION } from './schema.ts';

/**
 * Deletes one session row, whether it is there or not. The stream tells the projector, which
 * counts it as removed; the total stays. Safe to repeat. Throws what the SDK throws.
 */
export const deleteSession = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  sessionHash: string,
): Promise<void> => {
  const key = { [SESSION.hash]: sessionHash };
  await client.send(new DeleteCommand({ TableName: tableName, Key: key }));
};
