import { createHash } from 'node:crypto';
import type { DynamoDBRecord } from 'aws-lambda';
import { parseSequenceNumber } from '../../../src/domain/sequence-number.ts';

/** What is kept of a record: its position, time and kind, and nothing of the row. */
export interface ObservedRecord {
  /** Its sequence number; undefined unless it has one of 1 to 40 digits. */
  readonly number: bigint | undefined;
  /** When DynamoDB wrote it, epoch milliseconds; undefined when it has no time. */
  readonly writtenMs: number | undefined;
  /** `I`, `M` or `R` for INSERT, MODIFY and REMOVE, `?` for anything else. */
  readonly name: string;
  /** A short hash of DynamoDB's own id of the record, identical in every delivery. */
  readonly id: string;
}

/** The length of an id. 48 bits: the chance of a collision among 100,000 is 2e-5. */
export const ID_LENGTH = 8;

/** The id of a record without one. */
export const NO_ID = '.'.repeat(ID_LENGTH);

/** Observes a record of the stream. Never throws: malformed records must be recorded too. */
export const observeRecord = (record: DynamoDBRecord): ObservedRecord => {
  const { SequenceNumber, ApproximateCreationDateTime: seconds } = record.dynamodb ?? {};
  const sequence = parseSequenceNumber(SequenceNumber);
  return {
    number: sequence === undefined ? undefined : BigInt(sequence),
    writtenMs: isTime(seconds) ? Math.round(seconds * 1_000) : undefined,
    name: NAMES.get(record.eventName) ?? '?',
    id: shortHash(record),
  };
};

const NAMES = new Map<unknown, string>([
  ['INSERT', 'I'],
  ['MODIFY', 'M'],
  ['REMOVE', 'R'],
]);

// https://tc39.es/ecma262/#sec-time-values-and-time-range
const LAST_SECOND = 8.64e12;

const isTime = (seconds: unknown): seconds is number =>
  typeof seconds === 'number' && seconds >= 0 && seconds <= LAST_SECOND;

// The contents of DynamoDB's ids are undocumented, so they are only logged hashed.
const shortHash = ({ eventID, eventSourceARN }: DynamoDBRecord): string => {
  if (typeof eventID !== 'string') return NO_ID;
  const hash = createHash('sha256').update(`${eventSourceARN} ${eventID}`);
  return hash.digest('base64url').slice(0, ID_LENGTH);
};
