import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { SESSION } from './schema.ts';

/** The first visit of a row as it is stored; undefined if it has none that is text. */
export interface ExistingRow {
  readonly firstAccessed: string | undefined;
}

/** The row of a session, by a strongly consistent read; undefined if there is none. Throws what the SDK throws. */
export const readFirstVisit = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  hash: string,
): Promise<ExistingRow | undefined> => {
  const { Item } = await client.send(
    new GetCommand({
      TableName: tableName,
      Key: { [SESSION.hash]: hash },
      ConsistentRead: true,
      ProjectionExpression: `${SESSION.hash}, ${SESSION.firstAccessed}`,
    }),
  );
  const first: unknown = Item?.[SESSION.firstAccessed];
  return Item && { firstAccessed: typeof first === 'string' ? first : undefined };
};
