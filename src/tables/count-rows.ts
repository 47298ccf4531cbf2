import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { parseInstant } from '../domain/utc-day.ts';
import { SESSION } from './schema.ts';

/** How a table is read. */
export interface RowScan {
  /** Parts that are read side by side. */
  readonly segments: number;
  /** Told of so many more rows that were read; what it throws ends the scan. */
  readonly onRows: (rows: number) => void;
}

const PLAIN: RowScan = { segments: 1, onRows: () => undefined };

/**
 * How many session rows had their first visit before each of these instants (epoch milliseconds),
 * one without a readable first visit among them. Reads the whole table, consistently, page by
 * page: for an audit and for the operator, never for a request. Throws what the SDK throws.
 */
export const countRowsBefore = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  instantsMs: readonly number[],
  { segments, onRows }: RowScan = PLAIN,
): Promise<number[]> => {
  const counts = instantsMs.map(() => 0);
  const countSegment = async (segment: number): Promise<void> => {
    const scan = scanOf(tableName, segment, segments);
    for await (const { Items = [] } of paginateScan({ client }, scan)) {
      for (const row of Items) addRow(counts, instantsMs, parseInstant(row[SESSION.firstAccessed]));
      onRows(Items.length);
    }
  };
  await Promise.all(Array.from({ length: segments }, (_, segment) => countSegment(segment)));
  return counts;
};

const scanOf = (TableName: string, Segment: number, TotalSegments: number) => ({
  ...{ TableName, Segment, TotalSegments },
  ConsistentRead: true,
  ProjectionExpression: SESSION.firstAccessed,
});

const addRow = (
  counts: number[],
  instantsMs: readonly number[],
  firstMs: number | undefined,
): void => {
  for (const [index, instantMs] of instantsMs.entries()) {
    if (firstMs === undefined || firstMs < instantMs) counts[index] = (counts[index] ?? 0) + 1;
  }
};
