import type { ObservedRecord } from '../observer/observe-record.ts';
import type { Invocation } from './recording.ts';

/** A record with a sequence number. */
export interface NumberedRecord extends ObservedRecord {
  readonly number: bigint;
}

/** A record that failed and has not succeeded since. */
export interface Pending {
  readonly record: NumberedRecord;
  /** The time of its last delivery, epoch milliseconds. */
  readonly failedMs: number;
}

/** A shard at the start of an invocation. `pending` changes with the next one, so use it at once. */
export interface ShardMoment {
  readonly invocation: Invocation;
  /** Its records with a number. */
  readonly records: readonly NumberedRecord[];
  /** Those that are delivered for the first time. */
  readonly fresh: readonly NumberedRecord[];
  /** The highest number delivered before. */
  readonly highest: bigint | undefined;
  /** The records that failed and have not succeeded since, by number. */
  readonly pending: ReadonlyMap<bigint, Pending>;
}

/** The records with a number. */
export const numbered = ({ records }: Invocation): NumberedRecord[] =>
  records.filter((record): record is NumberedRecord => record.number !== undefined);

/** Follows one shard through its invocations, which must be in order of time. */
export function* followShard(invocations: readonly Invocation[]): Generator<ShardMoment> {
  const seen = new Set<bigint>();
  const taken = new Set<bigint>();
  const pending = new Map<bigint, Pending>();
  let highest: bigint | undefined;
  for (const invocation of invocations) {
    const records = numbered(invocation);
    const fresh = records.filter(({ number }) => !seen.has(number));
    yield { invocation, records, fresh, highest, pending };
    for (const record of records) {
      const { number } = record;
      seen.add(number);
      if (highest === undefined || number > highest) highest = number;
      if (invocation.outcome === 'taken') taken.add(number);
      // An invocation with an unknown end may have succeeded.
      if (invocation.outcome !== 'failed') pending.delete(number);
      else if (!taken.has(number)) pending.set(number, { record, failedMs: invocation.beganMs });
    }
  }
}

/** The highest number of these records; undefined when there are none. */
export const highestOf = (records: readonly NumberedRecord[]): bigint | undefined =>
  records.reduce<bigint | undefined>(
    (most, { number }) => (most === undefined || number > most ? number : most),
    undefined,
  );
