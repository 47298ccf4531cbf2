import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { ByCounter } from '../domain/by-counter.ts';
import { createRowTallies, type RowCounts } from '../domain/row-counts.ts';
import { parseInstant } from '../domain/utc-day.ts';
import { counterOfRow } from './row-counter.ts';
import { SESSION } from './schema.ts';

/** How a table is scanned. */
export interface RowScan {
  /** How many segments are scanned in parallel. */
  readonly segments: number;
  /** Called with the number of rows of each page; what it throws ends the scan. */
  readonly onRows: (rows: number) => void;
}

const DEFAULT_SCAN: RowScan = { segments: 1, onRows: () => undefined };

/**
 * Counts the session rows of each counter that has any, by the day of their first visit; those at or after the
 * cutoff (epoch milliseconds) are counted separately. Scans the whole table with consistent reads: for audits and
 * the operator's commands, never for a request. Throws what the SDK throws.
 */
export const countRows = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  cutoffMs: number,
  { segments, onRows }: RowScan = DEFAULT_SCAN,
): Promise<ByCounter<RowCounts>> => {
  const tallies = createRowTallies(cutoffMs);
  const countSegment = async (segment: number): Promise<void> => {
    const scan = scanOf(tableName, segment, segments);
    for await (const { Items = [] } of paginateScan({ client }, scan)) {
      for (const row of Items) {
        tallies.add(counterOfRow(row[SESSION.counter]), parseInstant(row[SESSION.firstAccessed]));
      }
      onRows(Items.length);
    }
  };
  await Promise.all(Array.from({ length: segments }, (_, segment) => countSegment(segment)));
  return tallies.counts();
};

const scanOf = (TableName: string, Segment: number, TotalSegments: number) => ({
  ...{ TableName, Segment, TotalSegments },
  ConsistentRead: true,
  ProjectionExpression: `${SESSION.firstAccessed}, ${SESSION.counter}`,
});
