import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { LONGEST_WINDOW_MS } from '../domain/former-shards.ts';
import { ACTIVE_SESSIONS_INDEX } from './schema.ts';

/**
 * How many partitions of the index of active sessions are in use at `nowMs` (epoch milliseconds), up to
 * `most`: one more than the number of the last one with a session that may be active, with the longest window
 * that there is. 0 if there is no such session. It takes `most` queries, at half a read unit each. Eventually
 * consistent, like every global secondary index. Throws what the SDK throws.
 */
export const countUsedShards = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  { nowMs, most }: { readonly nowMs: number; readonly most: number },
): Promise<number> => {
  const since = new Date(nowMs - LONGEST_WINDOW_MS).toISOString();
  const shards = Array.from({ length: most }, (_, activeShard) => activeShard);
  const counts = await Promise.all(
    shards.map((shard) => client.send(anySessionQuery(tableName, shard, since))),
  );
  return 1 + counts.findLastIndex(({ Count = 0 }) => Count > 0);
};

// Without an upper limit: a session that a wrong clock dated ahead may become active later.
const anySessionQuery = (TableName: string, activeShard: number, since: string): QueryCommand =>
  new QueryCommand({
    ...{ TableName, IndexName: ACTIVE_SESSIONS_INDEX.name, Select: 'COUNT', Limit: 1 },
    KeyConditionExpression: '#activeShard = :activeShard AND #lastAccessed >= :since',
    ExpressionAttributeNames: {
      '#activeShard': ACTIVE_SESSIONS_INDEX.partitionKey,
      '#lastAccessed': ACTIVE_SESSIONS_INDEX.sortKey,
    },
    ExpressionAttributeValues: { ':activeShard': activeShard, ':since': since },
  });
