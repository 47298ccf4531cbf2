import type { DynamoDBRecord } from 'aws-lambda';
import type { KnownRecord } from './counter-step.ts';

/** A stream record and its sequence number. */
export interface PlacedRecord {
  readonly record: DynamoDBRecord;
  readonly sequence: bigint;
  /** Whether it left the stream before it was counted; read each time it is needed. */
  readonly isLost: boolean;
}

/** What the specification needs of a record, read without the code under test. */
export const knownRecordOf = (placed: PlacedRecord): KnownRecord => {
  const { eventName, dynamodb } = placed.record;
  const { kind, image } = KINDS[eventName ?? ''] ?? OTHER;
  return {
    sequence: placed.sequence,
    kind,
    writtenAt: dynamodb?.ApproximateCreationDateTime ?? 0,
    get firstMs() {
      const firstVisit = image && dynamodb?.[image]?.first_accessed?.S;
      return firstVisit === undefined ? undefined : Date.parse(firstVisit);
    },
    get isLost() {
      return placed.isLost;
    },
  };
};

interface Kind {
  readonly kind: KnownRecord['kind'];
  readonly image?: 'NewImage' | 'OldImage';
}

const OTHER: Kind = { kind: 'other' };
const KINDS: Readonly<Record<string, Kind>> = {
  INSERT: { kind: 'insert', image: 'NewImage' },
  REMOVE: { kind: 'remove', image: 'OldImage' },
};
