import {
  type DynamoDBDocumentClient,
  paginateQuery,
  type QueryCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { type ActivePartition, partitionsOf } from '../domain/active-partition.ts';
import type { ActiveWindow } from '../domain/active-window.ts';
import { ACTIVE_SESSIONS_INDEX } from './schema.ts';

/** Which sessions to count. */
export interface ActiveSessions {
  readonly counter: string;
  /** How many partitions of the index to read for the site's. */
  readonly activeShards: number;
  readonly window: ActiveWindow;
}

/** How many sessions are active, and the read units that counting them consumed. */
export interface ActiveCount {
  readonly count: number;
  readonly readUnits: number;
}

/**
 * Counts the sessions last seen in the window: queries all index partitions in parallel and every page
 * of each, keys only. The read units grow with the count, because nothing outside the window is read.
 * Eventually consistent, like every global secondary index. Throws what the SDK throws.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html
 */
export const countActiveSessions = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  { counter, activeShards, window }: ActiveSessions,
): Promise<ActiveCount> => {
  const pages = await Promise.all(
    partitionsOf(counter, activeShards).map((partition) =>
      countPages(client, activeSessionsQuery(tableName, partition, window)),
    ),
  );
  return pages.flat().reduce(addCounts, NONE);
};

const activeSessionsQuery = (
  tableName: string,
  partition: ActivePartition,
  { from, until }: ActiveWindow,
): QueryCommandInput => ({
  TableName: tableName,
  IndexName: ACTIVE_SESSIONS_INDEX.name,
  Select: 'COUNT',
  KeyConditionExpression: '#activeShard = :activeShard AND #lastAccessed BETWEEN :from AND :until',
  ExpressionAttributeNames: {
    '#activeShard': ACTIVE_SESSIONS_INDEX.partitionKey,
    '#lastAccessed': ACTIVE_SESSIONS_INDEX.sortKey,
  },
  ExpressionAttributeValues: { ':activeShard': partition, ':from': from, ':until': until },
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
): Promise<ActiveCount[]> => {
  const pages: ActiveCount[] = [];
  for await (const { Count = 0, ConsumedCapacity } of paginateQuery({ client }, query)) {
    pages.push({ count: Count, readUnits: ConsumedCapacity?.CapacityUnits ?? 0 });
  }
  return pages;
};
