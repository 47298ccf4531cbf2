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
  const { image } = KINDS[eventName ?? ''] ?? OTHER;
  return {
    sequence: placed.sequence,
    kind: kindOf(placed.record),
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

/** What happened to the row of a record, read without the code under test. */
export const kindOf = ({ eventName, dynamodb }: DynamoDBRecord): KnownRecord['kind'] => {
  const { kind, image, marked } = KINDS[eventName ?? ''] ?? OTHER;
  const isMarked = image && marked && dynamodb?.[image]?.[marked.by] !== undefined;
  return isMarked ? marked.kind : kind;
};

interface Kind {
  readonly kind: KnownRecord['kind'];
  readonly image?: 'NewImage' | 'OldImage';
  /** What it is instead when its row has this attribute. */
  readonly marked?: { readonly by: string; readonly kind: KnownRecord['kind'] };
}

const OTHER: Kind = { kind: 'other' };
const KINDS: Readonly<Record<string, Kind>> = {
  INSERT: { kind: 'insert', image: 'NewImage', marked: { by: 'restored', kind: 'restore' } },
  REMOVE: { kind: 'remove', image: 'OldImage', marked: { by: 'retracted', kind: 'retract' } },
};
