import type { DynamoDBRecord } from 'aws-lambda';
import { SITE } from '../../../src/domain/counter-name.ts';
import { SESSION } from '../../../src/tables/schema.ts';

/** A record of a world's stream. */
export interface PlannedRecord {
  readonly kind: 'insert' | 'remove' | 'modify' | 'unknown' | 'unreadable';
  readonly row: string;
  /** The counter of its row; undefined for the site. */
  readonly counter?: string;
  /** Its sequence number; an unreadable record has none and shares that of the record before it. */
  readonly sequence: bigint;
  /** The first visit of its row, epoch milliseconds. */
  readonly firstMs: number;
  /** When DynamoDB wrote it, epoch milliseconds. */
  readonly writtenMs: number;
}

const EVENT_NAMES = {
  ...{ insert: 'INSERT', remove: 'REMOVE', modify: 'MODIFY' },
  ...{ unknown: 'TRUNCATE', unreadable: 'MODIFY' },
} as const;

/** The counter of a record. */
export const counterOf = ({ counter = SITE }: PlannedRecord): string => counter;

/** The record as Lambda passes it to the function. */
export const toStreamRecord = (planned: PlannedRecord): DynamoDBRecord => {
  const { kind, row, counter, sequence, firstMs, writtenMs } = planned;
  const firstVisit = new Date(firstMs).toISOString();
  const image = {
    ...{ [SESSION.hash]: { S: row }, [SESSION.firstAccessed]: { S: firstVisit } },
    ...(counter === undefined ? {} : { [SESSION.counter]: { S: counter } }),
  };
  const change = {
    ApproximateCreationDateTime: Math.floor(writtenMs / 1000),
    Keys: { [SESSION.hash]: { S: row } },
    SequenceNumber: sequence.toString(),
    ...(kind === 'remove' ? { OldImage: image } : { NewImage: image }),
  };
  const dynamodb = kind === 'unreadable' ? {} : change;
  return { eventID: `${row} ${kind}`, eventName: EVENT_NAMES[kind], dynamodb } as DynamoDBRecord;
};
