import { paginateScan } from '@aws-sdk/lib-dynamodb';
import type { Database, TableNames } from '../../src/local/database.ts';
import { readCounter } from '../../src/tables/read-counter.ts';

/** The numbers that must agree once everything is delivered. */
export interface Numbers {
  /** Distinct sessions according to the counter. */
  readonly total: number;
  readonly removed: number;
  /** Distinct sessions according to GET /counts. */
  readonly published: number;
  /** Rows in the sessions table. */
  readonly rows: number;
}

/** Reads all numbers. */
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

/** Whether these numbers are exact for this number of distinct visitors. */
export const isExact = ({ total, removed, published, rows }: Numbers, visitors: number): boolean =>
  total === visitors && published === visitors && rows === visitors && total - removed === rows;
