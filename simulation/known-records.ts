import type { CounterStep, KnownRecord } from '../specification/counter-step.ts';
import type { ModelRecord, ModelShard } from './shard-model.ts';
import type { StreamModel } from './stream-model.ts';

/** The records of the model's shards, as the specification tells them. */
export const createKnownRecords = ({ shards }: StreamModel): CounterStep['recordsOf'] => {
  const known = new Map<string, KnownRecord[]>();
  return (shardId) => {
    const shard = shards.find(({ id }) => id === shardId);
    if (shard === undefined) return undefined;
    const records = known.get(shardId) ?? [];
    known.set(shardId, records);
    // Records are only ever added; whether one is lost is told when it is asked.
    for (const record of newOf(shard, records)) records.push(toKnownRecord(record));
    return records;
  };
};

const newOf = ({ records }: ModelShard, known: readonly KnownRecord[]): ModelRecord[] =>
  records.slice(known.length);

const toKnownRecord = (model: ModelRecord): KnownRecord => {
  const { eventName, dynamodb } = model.record;
  const { kind, image } = KINDS[eventName ?? ''] ?? OTHER;
  return {
    sequence: model.sequence,
    kind,
    writtenAt: dynamodb?.ApproximateCreationDateTime ?? 0,
    get firstMs() {
      const firstVisit = image && dynamodb?.[image]?.first_accessed?.S;
      return firstVisit === undefined ? undefined : Date.parse(firstVisit);
    },
    get isLost() {
      return model.isLost;
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
