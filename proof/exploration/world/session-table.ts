import { SESSION } from '../../../src/tables/schema.ts';
import type { Reply, Request } from '../dynamodb/answer-request.ts';
import { type Item, UnknownExpressionError } from '../dynamodb/attribute-value.ts';
import type { Stream } from './streams.ts';

/** A row of the sessions table. */
export interface Row {
  readonly row: string;
  /** Epoch milliseconds. */
  readonly firstMs: number;
}

/** The rows that a stream's records leave, in scan order. */
export const rowsOf = (stream: Stream): Row[] => {
  const rows = new Map<string, Row>();
  const records = stream.flat().toSorted((a, b) => a.writtenMs - b.writtenMs);
  for (const { kind, row, firstMs } of records) {
    if (kind === 'insert' || kind === 'restore') rows.set(row, { row, firstMs });
    if (kind === 'remove' || kind === 'retract') rows.delete(row);
  }
  return [...rows.values()].sort((a, b) => Number(a.row > b.row) - Number(a.row < b.row));
};

const READ = `${SESSION.firstAccessed}, ${SESSION.counter}`;

const FIELDS = [
  ...['TableName', 'Segment', 'TotalSegments', 'ConsistentRead'],
  ...['ProjectionExpression', 'ExclusiveStartKey'],
];

/**
 * The next page of a scan over the current rows. Pages have one row each, so rows can come and go between
 * any two. Throws an UnknownExpressionError for any scan but the counter's.
 */
export const answerScan = ({ input }: Request, stream: Stream): Reply => {
  const { TotalSegments, ProjectionExpression, ExclusiveStartKey } = input;
  const stray = Object.keys(input).find((field) => !FIELDS.includes(field));
  if (stray || TotalSegments !== 1 || ProjectionExpression !== READ) {
    throw new UnknownExpressionError(`Unknown scan: ${JSON.stringify(input)}`);
  }
  const last = (ExclusiveStartKey as Item | undefined)?.[SESSION.hash]?.S ?? '';
  const [next, another] = rowsOf(stream).filter(({ row }) => row > last);
  if (next === undefined) return { output: { Items: [] } };
  return {
    output: {
      Items: [{ [SESSION.firstAccessed]: { S: new Date(next.firstMs).toISOString() } }],
      ...(another ? { LastEvaluatedKey: { [SESSION.hash]: { S: next.row } } } : {}),
    },
  };
};
