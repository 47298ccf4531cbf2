import { UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { ensureTable } from '../../../src/local/create-tables.ts';
import type { TableSchema } from '../../../src/tables/schema.ts';

// The maximum of one BatchWriteItem.
const BATCH = 25;
const AT_ONCE = 8;

/**
 * Creates a table with `rows`. Its stream starts after them, because a stream of a million records would
 * affect the measurement. Throws what the SDK throws.
 */
export const storeRows = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  schema: TableSchema,
  rows: Iterator<object>,
): Promise<void> => {
  const { stream, ...withoutStream } = schema;
  await ensureTable(client, tableName, withoutStream);
  await Promise.all(Array.from({ length: AT_ONCE }, () => writeAll(client, tableName, rows)));
  if (stream === undefined) return;
  const StreamSpecification = { StreamEnabled: true, StreamViewType: stream };
  await client.send(new UpdateTableCommand({ TableName: tableName, StreamSpecification }));
};

const writeAll = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  rows: Iterator<object>,
): Promise<void> => {
  for (let batch = takeBatch(rows); batch.length > 0; batch = takeBatch(rows)) {
    const requests = batch.map((Item) => ({ PutRequest: { Item: { ...Item } } }));
    const { UnprocessedItems } = await client.send(
      new BatchWriteCommand({ RequestItems: { [tableName]: requests } }),
    );
    if (UnprocessedItems?.[tableName]) throw new Error('DynamoDB left rows unprocessed');
  }
};

const takeBatch = (rows: Iterator<object>): object[] => {
  const batch: object[] = [];
  while (batch.length < BATCH) {
    const { done, value } = rows.next();
    if (done) break;
    batch.push(value);
  }
  return batch;
};
