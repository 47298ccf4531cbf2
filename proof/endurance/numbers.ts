import { paginateScan } from '@aws-sdk/lib-dynamodb';
import type { Database, TableNames } from '../../src/local/database.ts';
import { readCounter } from '../../src/tables/read-counter.ts';

/** What has to agree when everything is at rest. */
export interface Numbers {
  /** Distinct sessions, as the counter has them. */
  readonly total: number;
  readonly removed: number;
  /** Distinct sessions, as GET /counts says. */
  readonly published: number;
  /** Rows in the sessions table. */
  readonly rows: number;
}

/** Reads all numbers anew. */
export const readNumbers = async (
  { client }: Database,
  { SESSIONS_TABLE, COUNTS_TABLE }: TableNames,
  url: string,
): Promise<Numbers> => {
  const { total, removed } = await readCounter(client, COUNTS_TABLE);
  const rows = await countRows(client, SESSIONS_TABLE);
  return { total, removed, published: await readPublished(url), rows };
};

const countRows = async (client: Database['client'], TableName: string): Promise<number> => {
  let rows = 0;
  const request = { TableName, Select: 'COUNT', ConsistentRead: true } as const;
  for await (const { Count = 0 } of paginateScan({ client }, request)) rows += Count;
  return rows;
};

const readPublished = async (url: string): Promise<number> => {
  const response = await fetch(`${url}/counts`);
  const { unique_session_count } = (await response.json()) as { unique_session_count: number };
  return unique_session_count;
};

/** Whether these numbers are exact for so many distinct visitors. */
export const isExact = ({ total, removed, published, rows }: Numbers, visitors: number): boolean =>
  total === visitors && published === visitors && rows === visitors && total - removed === rows;
