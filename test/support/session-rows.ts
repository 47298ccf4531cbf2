import { BatchWriteCommand, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { TestDatabase } from './embedded-database.ts';

/** A row of the table of sessions, as whole or as odd as a test wants it. */
export interface StoredRow {
  readonly session_hash: string;
  readonly [attribute: string]: unknown;
}

/** Writes rows past the code under test, 25 at a time. */
export const storeRows = async (
  { client, tables }: TestDatabase,
  rows: readonly StoredRow[],
): Promise<void> => {
  for (let start = 0; start < rows.length; start += 25) {
    const puts = rows.slice(start, start + 25).map((Item) => ({ PutRequest: { Item } }));
    await client.send(new BatchWriteCommand({ RequestItems: { [tables.SESSIONS_TABLE]: puts } }));
  }
};

/** The row of a session as it is stored; undefined when there is none. */
export const rowOf = async (
  { client, tables }: TestDatabase,
  session_hash: string,
): Promise<Record<string, unknown> | undefined> => {
  const key = { TableName: tables.SESSIONS_TABLE, Key: { session_hash } };
  return (await client.send(new GetCommand({ ...key, ConsistentRead: true }))).Item;
};
