import type { Counter, CounterChange } from '../src/domain/counter.ts';
import type { CommitAnswer } from '../src/domain/counter-store.ts';
import { createMemoryCounter } from '../src/domain/memory-counter.ts';
import type { SequenceNumber } from '../src/domain/sequence-number.ts';
import type { ModelShard } from './shard-model.ts';
import type { StreamModel } from './stream-model.ts';
import { assertSame, Violation } from './violation.ts';

/** A counter store that knows the truth and checks every write against it. */
export interface Ledger {
  readonly commit: (change: CounterChange) => Promise<CommitAnswer>;
  readonly read: () => Counter;
  /** How many of a shard's records are at or before its checkpoint. */
  readonly covered: (shard: ModelShard) => number;
  readonly writes: { committed: number; rejected: number; pruned: number };
}

/** A ledger over an empty counter. Its `commit` throws a Violation when a write breaks a rule. */
export const createLedger = (model: StreamModel): Ledger => {
  const store = createMemoryCounter();
  const coveredOf = new Map<string, number>();
  const writes = { committed: 0, rejected: 0, pruned: 0 };
  const truth = { inserts: 0, removes: 0 };

  const keepBooks = (change: CounterChange): void => {
    const shard = shardOf(model, change.shardId);
    const before = coveredOf.get(shard.id) ?? 0;
    const after = countUpTo(shard, change.checkpoint.sequence);
    if (after <= before) throw new Violation('A checkpoint must rise', `over ${before}`, after);
    coveredOf.set(shard.id, after);
    truth.inserts += upTo(shard.insertsUpTo, after) - upTo(shard.insertsUpTo, before);
    truth.removes += upTo(shard.removesUpTo, after) - upTo(shard.removesUpTo, before);
  };

  const commit = async (change: CounterChange): Promise<CommitAnswer> => {
    const answer = await store.commitChange(change);
    if (answer.status === 'conflict') {
      writes.rejected += 1;
      return answer;
    }
    writes.committed += 1;
    writes.pruned += change.expired.checkpoints.size;
    keepBooks(change);
    assertSame(
      'The total must be the inserts up to the checkpoints',
      truth.inserts,
      answer.counter.total,
    );
    assertSame('Removed must be the removals up to them', truth.removes, answer.counter.removed);
    return answer;
  };
  return { commit, read: store.read, covered: ({ id }) => coveredOf.get(id) ?? 0, writes };
};

const shardOf = (model: StreamModel, shardId: string): ModelShard => {
  const shard = model.shards.find(({ id }) => id === shardId);
  if (shard === undefined)
    throw new Violation('A checkpoint must be of a shard', 'one of them', shardId);
  return shard;
};

const upTo = (sums: readonly number[], count: number): number => sums[count] ?? 0;

// By BigInt, which is slow and cannot be wrong, where the code under test compares padded text.
const countUpTo = ({ records }: ModelShard, sequence: SequenceNumber): number => {
  const last = BigInt(sequence);
  let low = 0;
  let high = records.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((records[middle]?.sequence ?? 0n) <= last) low = middle + 1;
    else high = middle;
  }
  return low;
};
