import { createHash } from 'node:crypto';
import type { DynamoDBRecord } from 'aws-lambda';
import { parseSequenceNumber } from '../../../src/domain/sequence-number.ts';

/** What is kept of a record: its place, its time and its kind, and nothing of the row. */
export interface Sighting {
  /** Its sequence number; undefined when it has none of 1 to 40 digits. */
  readonly number: bigint | undefined;
  /** When DynamoDB wrote it, epoch milliseconds; undefined when it does not tell. */
  readonly writtenMs: number | undefined;
  /** `I`, `M` or `R` for INSERT, MODIFY and REMOVE, `?` for anything else. */
  readonly name: string;
  /** A short hash of DynamoDB's own id of the record, the same whenever it comes again. */
  readonly id: string;
}

/** How many characters an id has. 48 bits: a chance of 2e-5 for any two alike among 100,000. */
export const ID_LENGTH = 8;

/** What stands for the id of a record that has none. */
export const NO_ID = '.'.repeat(ID_LENGTH);

/** Looks at a record of the stream. Never throws: an odd record is to be seen as well. */
export const sightRecord = (record: DynamoDBRecord): Sighting => {
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

// Nobody documents what DynamoDB makes its ids of, so none is logged as it is.
const shortHash = ({ eventID, eventSourceARN }: DynamoDBRecord): string => {
  if (typeof eventID !== 'string') return NO_ID;
  const hash = createHash('sha256').update(`${eventSourceARN} ${eventID}`);
  return hash.digest('base64url').slice(0, ID_LENGTH);
};
