import type { DynamoDBRecord } from 'aws-lambda';
import { SITE } from '../../../src/domain/counter-name.ts';
import { SESSION } from '../../../src/tables/schema.ts';

/** A record of a world's stream. */
export interface PlannedRecord {
  readonly kind: keyof typeof EVENT_NAMES;
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
  ...{ mark: 'MODIFY', retract: 'REMOVE', restore: 'INSERT' },
  ...{ unknown: 'TRUNCATE', unreadable: 'MODIFY' },
} as const;

const RETRACTED = { [SESSION.retracted]: { S: '2026-11-24T09:00:00.000Z' } };
/** What marks the row of a record. */
const MARKS: Readonly<Partial<Record<PlannedRecord['kind'], object>>> = {
  ...{ mark: RETRACTED, retract: RETRACTED },
  restore: { [SESSION.restored]: { S: '2026-11-24T10:00:00.000Z' } },
};

/** The counter of a record. */
export const counterOf = ({ counter = SITE }: PlannedRecord): string => counter;

/** The record as Lambda passes it to the function. */
export const toStreamRecord = (planned: PlannedRecord): DynamoDBRecord => {
  const { kind, row, counter, sequence, firstMs, writtenMs } = planned;
  const firstVisit = new Date(firstMs).toISOString();
  const image = {
    ...{ [SESSION.hash]: { S: row }, [SESSION.firstAccessed]: { S: firstVisit } },
    ...(counter === undefined ? {} : { [SESSION.counter]: { S: counter } }),
    ...MARKS[kind],
  };
  const change = {
    ApproximateCreationDateTime: Math.floor(writtenMs / 1000),
    Keys: { [SESSION.hash]: { S: row } },
    SequenceNumber: sequence.toString(),
    [EVENT_NAMES[kind] === 'REMOVE' ? 'OldImage' : 'NewImage']: image,
  };
  const dynamodb = kind === 'unreadable' ? {} : change;
  return { eventID: `${row} ${kind}`, eventName: EVENT_NAMES[kind], dynamodb } as DynamoDBRecord;
};
