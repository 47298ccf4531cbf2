import type { CounterStep, KnownRecord } from '../specification/counter-step.ts';
import { knownRecordOf } from '../specification/known-record.ts';
import type { ModelRecord, ModelShard } from './shard-model.ts';
import type { StreamModel } from './stream-model.ts';

/** The records of the model's shards, as the specification sees them. */
export const createKnownRecords = ({ shards }: StreamModel): CounterStep['recordsOf'] => {
  const known = new Map<string, KnownRecord[]>();
  return (shardId) => {
    const shard = shards.find(({ id }) => id === shardId);
    if (shard === undefined) return undefined;
    const records = known.get(shardId) ?? [];
    known.set(shardId, records);
    // Records are only ever appended; `isLost` is read when it is needed.
    for (const record of newOf(shard, records)) records.push(knownRecordOf(record));
    return records;
  };
};

const newOf = ({ records }: ModelShard, known: readonly KnownRecord[]): ModelRecord[] =>
  records.slice(known.length);
