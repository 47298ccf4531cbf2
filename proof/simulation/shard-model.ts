import type { DynamoDBRecord } from 'aws-lambda';
import type { StreamRecord } from '../specification/state.ts';

/** A record as the stream holds it. */
export interface ModelRecord {
  readonly record: DynamoDBRecord;
  readonly sequence: bigint;
  readonly row: number;
  readonly counter: string;
  readonly kind: StreamRecord['kind'];
  readonly writtenMs: number;
  /** Whether it left the stream before it was counted. */
  isLost: boolean;
}

/** A shard: the records of the rows whose hash key is from `low` to before `high`. */
export interface ModelShard {
  readonly id: string;
  readonly parent: ModelShard | undefined;
  readonly low: number;
  readonly high: number;
  readonly records: ModelRecord[];
  /** The same records by counter. */
  readonly byCounter: Map<string, ModelRecord[]>;
  /** The length to which its sequence numbers are padded with zeros. */
  readonly width: number;
  next: bigint;
  isOpen: boolean;
  /** The number of records the event source has delivered. */
  delivered: number;
  /** The number of records that left the stream before they were counted. */
  lost: number;
}

// First sequence numbers: 21 digits that grow to 22, today's 24, leading zeros, 40 digits, the largest
// safe JavaScript integers, and the small numbers of an emulator.
const NUMBERINGS = [
  { start: 999_999_999_999_999_999_900n, width: 0 },
  { start: 100_000_000_000_000_000_000_000n, width: 0 },
  { start: 95n, width: 24 },
  { start: 9_000_000_000_000_000_000_000_000_000_000_000_000_000n, width: 0 },
  { start: 9_007_199_254_740_990n, width: 0 },
  { start: 1n, width: 0 },
] as const;

/** The description of a new shard. */
export interface ShardPlan {
  readonly id: string;
  readonly parent: ModelShard | undefined;
  readonly low: number;
  readonly high: number;
  /** Selects its first sequence number. */
  readonly numbering: number;
}

/** An open shard without records. */
export const openShard = ({ numbering, ...place }: ShardPlan): ModelShard => {
  const { start, width } = NUMBERINGS[numbering % NUMBERINGS.length] ?? NUMBERINGS[0];
  return {
    ...{ ...place, records: [], byCounter: new Map(), width, next: start },
    ...{ isOpen: true, delivered: 0, lost: 0 },
  };
};

/** Whether a shard is closed and all of its records were delivered. */
export const isFinished = ({ isOpen, delivered, records }: ModelShard): boolean =>
  !isOpen && delivered === records.length;

const NONE: readonly ModelRecord[] = [];

/** The records of a shard about one counter. */
export const recordsAbout = ({ byCounter }: ModelShard, counter: string): readonly ModelRecord[] =>
  byCounter.get(counter) ?? NONE;

/** Appends a record to its shard. */
export const addRecord = ({ records, byCounter }: ModelShard, record: ModelRecord): void => {
  records.push(record);
  const known = byCounter.get(record.counter);
  if (known) known.push(record);
  else byCounter.set(record.counter, [record]);
};
