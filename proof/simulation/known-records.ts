import type { CounterStep, KnownRecord } from '../specification/counter-step.ts';
import { knownRecordOf } from '../specification/known-record.ts';
import { recordsAbout } from './shard-model.ts';
import type { StreamModel } from './stream-model.ts';

/** The records of the model's shards about one counter, as the specification sees them. */
export const createKnownRecords = (
  { shards }: StreamModel,
  counter: string,
): CounterStep['recordsOf'] => {
  const known = new Map<string, KnownRecord[]>();
  return (shardId) => {
    const shard = shards.find(({ id }) => id === shardId);
    if (shard === undefined) return undefined;
    const records = known.get(shardId) ?? [];
    known.set(shardId, records);
    // Records are only ever appended; `isLost` is read when it is needed.
    for (const record of recordsAbout(shard, counter).slice(records.length)) {
      records.push(knownRecordOf(record));
    }
    return records;
  };
};
