import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { counterOfRow } from './row-counter.ts';
import { SESSION } from './schema.ts';

/** What an export holds of a session row; the times as they are stored, undefined in a row without them. */
export interface ExportedRow {
  readonly sessionHash: string;
  readonly counter: string;
  readonly firstAccessed: unknown;
  readonly lastAccessed: unknown;
}

/**
 * The session rows of all counters, page by page, by eventually consistent reads, which cost half: a row that is
 * written or deleted meanwhile may be missing. Only one page is in memory, however large the table. Scans the table:
 * for the operator's commands, never for a request. Throws what the SDK throws.
 */
export async function* scanRows(
  client: DynamoDBDocumentClient,
  tableName: string,
): AsyncGenerator<readonly ExportedRow[]> {
  const scan = { TableName: tableName, ProjectionExpression: EXPORTED.join(', ') };
  for await (const { Items = [] } of paginateScan({ client }, scan)) yield Items.map(pickRow);
}

const EXPORTED = [SESSION.hash, SESSION.counter, SESSION.firstAccessed, SESSION.lastAccessed];

const pickRow = (row: Record<string, unknown>): ExportedRow => ({
  sessionHash: String(row[SESSION.hash]),
  counter: counterOfRow(row[SESSION.counter]),
  firstAccessed: row[SESSION.firstAccessed],
  lastAccessed: row[SESSION.lastAccessed],
});
