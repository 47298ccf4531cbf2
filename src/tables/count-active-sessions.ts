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

/** How many sessions are active, and the read units that it took to count them. */
export interface ActiveCount {
  readonly count: number;
  readonly readUnits: number;
}

/**
 * Counts the sessions seen later than `since`: all partitions of the index at once, every page
 * of each, keys only; the units grow with the count. Eventually consistent, as every global secondary index. Throws what the SDK
 * throws.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html
 */
export const countActiveSessions = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  { activeShards, since }: ActiveWindow,
): Promise<ActiveCount> => {
  const counts = await Promise.all(
    Array.from({ length: activeShards }, (_, activeShard) =>
      countPages(client, activeSessionsQuery(tableName, activeShard, since)),
    ),
  );
  return counts.reduce(addCounts, NONE);
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
  ReturnConsumedCapacity: 'TOTAL',
});

const NONE: ActiveCount = { count: 0, readUnits: 0 };

const addCounts = (a: ActiveCount, b: ActiveCount): ActiveCount => ({
  count: a.count + b.count,
  readUnits: a.readUnits + b.readUnits,
});

const countPages = async (
  client: DynamoDBDocumentClient,
  query: QueryCommandInput,
): Promise<ActiveCount> => {
  let sum = NONE;
  for await (const { Count = 0, ConsumedCapacity } of paginateQuery({ client }, query)) {
    sum = addCounts(sum, { count: Count, readUnits: ConsumedCapacity?.CapacityUnits ?? 0 });
  }
  return sum;
};
