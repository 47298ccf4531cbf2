import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { counterOfRow } from './row-counter.ts';
import { SESSION } from './schema.ts';

/**
 * The session hashes of all rows of a counter, page by page, by consistent reads. Scans the whole table: for the
 * operator's commands, never for a request. Throws what the SDK throws.
 */
export async function* scanHashes(
  client: DynamoDBDocumentClient,
  tableName: string,
  counter: string,
): AsyncIterable<readonly string[]> {
  const scan = {
    TableName: tableName,
    ConsistentRead: true,
    ProjectionExpression: `${SESSION.hash}, ${SESSION.counter}`,
  };
  for await (const { Items = [] } of paginateScan({ client }, scan)) {
    yield Items.filter((row) => counterOfRow(row[SESSION.counter]) === counter).map((row) =>
      String(row[SESSION.hash]),
    );
  }
}
