import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { parseInstant, type UtcDay, utcDay } from '../domain/utc-day.ts';
import { SESSION } from './schema.ts';

/**
 * How many session rows had their first visit before the day `cut`, one without a readable first
 * visit among them. Reads the whole table, page by page, consistently: for an audit, never for a
 * request. Throws what the SDK throws.
 */
export const countRowsBefore = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  cut: UtcDay,
): Promise<number> => {
  let rows = 0;
  for await (const { Items = [] } of paginateScan({ client }, scanOf(tableName))) {
    rows += Items.filter((row) => isBefore(cut, row[SESSION.firstAccessed])).length;
  }
  return rows;
};

const scanOf = (tableName: string) => ({
  TableName: tableName,
  ConsistentRead: true,
  ProjectionExpression: SESSION.firstAccessed,
});

const isBefore = (cut: UtcDay, firstAccessed: unknown): boolean => {
  const firstMs = parseInstant(firstAccessed);
  return firstMs === undefined || utcDay(firstMs) < cut;
};
