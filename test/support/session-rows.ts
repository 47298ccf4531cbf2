import { BatchWriteCommand, GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { TestDatabase } from './embedded-database.ts';

/** A row of the sessions table, valid or malformed. */
export interface StoredRow {
  readonly session_hash: string;
  readonly [attribute: string]: unknown;
}

/** Writes rows without the code under test, 25 per request. */
export const storeRows = async (
  { client, tables }: TestDatabase,
  rows: readonly StoredRow[],
): Promise<void> => {
  for (let start = 0; start < rows.length; start += 25) {
    const puts = rows.slice(start, start + 25).map((Item) => ({ PutRequest: { Item } }));
    await client.send(new BatchWriteCommand({ RequestItems: { [tables.SESSIONS_TABLE]: puts } }));
  }
};

/** The stored row of a session; undefined when there is none. */
export const rowOf = async (
  { client, tables }: TestDatabase,
  session_hash: string,
): Promise<Record<string, unknown> | undefined> => {
  const key = { TableName: tables.SESSIONS_TABLE, Key: { session_hash } };
  return (await client.send(new GetCommand({ ...key, ConsistentRead: true }))).Item;
};

/** Makes the times of all sessions so many minutes older. */
export const ageSessions = async (
  { client, tables }: Pick<TestDatabase, 'client' | 'tables'>,
  minutes: number,
): Promise<void> => {
  const TableName = tables.SESSIONS_TABLE;
  const { Items = [] } = await client.send(new ScanCommand({ TableName }));
  const older = (time: unknown): string =>
    new Date(Date.parse(String(time)) - minutes * 60_000).toISOString();
  for (const row of Items) {
    const { first_accessed, last_accessed } = row;
    const times = { first_accessed: older(first_accessed), last_accessed: older(last_accessed) };
    await client.send(new PutCommand({ TableName, Item: { ...row, ...times } }));
  }
};
