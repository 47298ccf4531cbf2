import type { Sighting } from '../observer/sight-record.ts';
import type { Invocation } from './recording.ts';

/** A record with its number. */
export interface NumberedSighting extends Sighting {
  readonly number: bigint;
}

/** A record that failed and has not been taken since. */
export interface Pending {
  readonly record: NumberedSighting;
  /** When it was delivered last, epoch milliseconds. */
  readonly failedMs: number;
}

/** A shard as it is when an invocation begins. It goes on with the next one, so look at once. */
export interface ShardMoment {
  readonly invocation: Invocation;
  /** Its records that have a number. */
  readonly records: readonly NumberedSighting[];
  /** Those of them that are delivered for the first time. */
  readonly fresh: readonly NumberedSighting[];
  /** The highest number that was delivered before. */
  readonly highest: bigint | undefined;
  /** What failed before and has not been taken since, by its number. */
  readonly pending: ReadonlyMap<bigint, Pending>;
}

/** The records that have a number. */
export const numbered = ({ records }: Invocation): NumberedSighting[] =>
  records.filter((record): record is NumberedSighting => record.number !== undefined);

/** Follows one shard through its invocations, which are in the order of time. */
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
      // Of an invocation whose end is not known, nobody can say that it failed.
      if (invocation.outcome !== 'failed') pending.delete(number);
      else if (!taken.has(number)) pending.set(number, { record, failedMs: invocation.beganMs });
    }
  }
}

/** The highest number of these records; undefined when there are none. */
export const highestOf = (records: readonly NumberedSighting[]): bigint | undefined =>
  records.reduce<bigint | undefined>(
    (most, { number }) => (most === undefined || number > most ? number : most),
    undefined,
  );
