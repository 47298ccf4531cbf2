import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { counterOfRow } from './row-counter.ts';
import { SESSION } from './schema.ts';

/** What the operator's commands read of a session row. */
export interface ScannedSession {
  readonly hash: string;
  /** As it is stored, even if it is no date; undefined without one. */
  readonly firstAccessed: string | undefined;
  /** The mark of the retract that began to take the session back. */
  readonly retracted: string | undefined;
}

/**
 * All rows of a counter, page by page, by consistent reads: each row that was there when the scan began and is not
 * deleted meanwhile is in one page. Scans the whole table: for the operator's commands, never for a request. Throws
 * what the SDK throws.
 */
export async function* scanSessions(
  client: DynamoDBDocumentClient,
  tableName: string,
  counter: string,
): AsyncIterable<readonly ScannedSession[]> {
  const attributes = [SESSION.hash, SESSION.counter, SESSION.firstAccessed, SESSION.retracted];
  const scan = {
    TableName: tableName,
    ConsistentRead: true,
    ProjectionExpression: attributes.join(', '),
  };
  for await (const { Items = [] } of paginateScan({ client }, scan)) {
    yield Items.filter((row) => counterOfRow(row[SESSION.counter]) === counter).map(sessionOf);
  }
}

const sessionOf = (row: Record<string, unknown>): ScannedSession => ({
  hash: String(row[SESSION.hash]),
  firstAccessed: textOf(row[SESSION.firstAccessed]),
  retracted: textOf(row[SESSION.retracted]),
});

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;
