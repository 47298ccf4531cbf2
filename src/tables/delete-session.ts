import { DeleteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { SESSION } from './schema.ts';

/**
 * Deletes a session row if it exists. The projector then counts it as removed, from the stream; the
 * total does not change. Idempotent. Throws what the SDK throws.
 */
export const deleteSession = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  sessionHash: string,
): Promise<void> => {
  const key = { [SESSION.hash]: sessionHash };
  await client.send(new DeleteCommand({ TableName: tableName, Key: key }));
};
