import {
  type DynamoDBDocumentClient,
  paginateQuery,
  type QueryCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { ACTIVE_SESSIONS_INDEX } from './schema.ts';

/** Which sessions are active. */
export interface ActiveWindow {
  readonly activeShards: number;
  /** ISO 8601 UTC; a session seen at exactly this instant is no longer active. */
  readonly since: string;
}

/**
 * How many sessions were seen later than `since`: all partitions of the index at once, every page
 * of each, keys only. Eventually consistent, as every global secondary index. Throws what the SDK
 * throws.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html
 */
export const countActiveSessions = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  { activeShards, since }: ActiveWindow,
): Promise<number> => {
  const counts = await Promise.all(
    Array.from({ length: activeShards }, (_, activeShard) =>
      countPages(client, activeSessionsQuery(tableName, activeShard, since)),
    ),
  );
  return counts.reduce((sum, count) => sum + count, 0);
};

const activeSessionsQuery = (
  tableName: string,
  activeShard: number,
  since: string,
): QueryCommandInput => ({
  TableName: tableName,
  IndexName: ACTIVE_SESSIONS_INDEX.name,
  Select: 'COUNT',
  KeyConditionExpression: '#activeShard = :activeShard AND #lastAccessed > :since',
  ExpressionAttributeNames: {
    '#activeShard': ACTIVE_SESSIONS_INDEX.partitionKey,
    '#lastAccessed': ACTIVE_SESSIONS_INDEX.sortKey,
  },
  ExpressionAttributeValues: { ':activeShard': activeShard, ':since': since },
});

const countPages = async (
  client: DynamoDBDocumentClient,
  query: QueryCommandInput,
): Promise<number> => {
  let count = 0;
  for await (const page of paginateQuery({ client }, query)) count += page.Count ?? 0;
  return count;
};
