import type { Counter, CounterChange } from '../src/domain/counter.ts';
import type { CommitAnswer, RebuildStore } from '../src/domain/counter-store.ts';
import { createMemoryCounter } from '../src/domain/memory-counter.ts';
import type { Correction } from '../src/domain/rebuild.ts';
import type { SequenceNumber } from '../src/domain/sequence-number.ts';
import type { UtcDay } from '../src/domain/utc-day.ts';
import type { ModelShard } from './shard-model.ts';
import { assertMended, createSpoils, type Spoils, spoilCounter } from './spoils.ts';
import type { StreamModel } from './stream-model.ts';
import { assertSame, Violation } from './violation.ts';

/** A counter store that knows the truth and checks every write against it. */
export interface Ledger extends RebuildStore {
  readonly commit: (change: CounterChange) => Promise<CommitAnswer>;
  readonly read: () => Counter;
  /** Writes into the counter as nobody should. */
  readonly spoil: (by: number, day: UtcDay | undefined) => void;
  readonly spoils: Readonly<Spoils>;
  /** How many of a shard's records are at or before its checkpoint. */
  readonly covered: (shard: ModelShard) => number;
  readonly writes: Readonly<
    Record<'committed' | 'rejected' | 'droppedCheckpoints' | 'droppedDays', number>
  >;
}

/** A ledger over an empty counter. Its `commit` throws a Violation when a write breaks a rule. */
export const createLedger = (model: StreamModel): Ledger => {
  let store = createMemoryCounter();
  const spoils = createSpoils();
  const books = createBooks(model, spoils);
  const writes = { committed: 0, rejected: 0, droppedCheckpoints: 0, droppedDays: 0 };
  const commit = async (change: CounterChange): Promise<CommitAnswer> => {
    const answer = await store.commitChange(change);
    if (answer.status === 'conflict') {
      writes.rejected += 1;
      return answer;
    }
    writes.committed += 1;
    writes.droppedCheckpoints += change.expired.checkpoints.size;
    writes.droppedDays += change.expired.startedDays.length;
    assertExpired(model, change);
    books.enter(change, answer.counter);
    return answer;
  };
  const correct = async (correction: Correction, at: string): Promise<boolean> => {
    const isCorrected = await store.correct(correction, at);
    if (isCorrected) assertMended(spoils, correction);
    return isCorrected;
  };
  return {
    ...{ commit, correct, spoils, writes, covered: books.covered },
    read: () => store.read(),
    markCut: (cut) => store.markCut(cut),
    dropCut: (cut) => store.dropCut(cut),
    spoil: (by, day) => {
      store = createMemoryCounter(spoilCounter(spoils, store.read(), { by, day }));
    },
  };
};

/** Which records of each shard are covered by its checkpoint, and what they are worth together. */
const createBooks = (model: StreamModel, spoils: Spoils) => {
  const coveredOf = new Map<string, number>();
  const truth = { inserts: 0, removes: 0 };
  const enter = (change: CounterChange, { total, removed }: Counter): void => {
    const shard = shardOf(model, change.shardId);
    const before = coveredOf.get(shard.id) ?? 0;
    const after = countUpTo(shard, change.checkpoint.sequence);
    if (after <= before) throw new Violation('A checkpoint must rise', `over ${before}`, after);
    coveredOf.set(shard.id, after);
    truth.inserts += upTo(shard.insertsUpTo, after) - upTo(shard.insertsUpTo, before);
    truth.removes += upTo(shard.removesUpTo, after) - upTo(shard.removesUpTo, before);
    assertSame(
      'The total must be the inserts up to the checkpoints',
      truth.inserts + spoils.total,
      total,
    );
    assertSame('Removed must be the removals up to them', truth.removes, removed);
  };
  return { enter, covered: ({ id }: ModelShard) => coveredOf.get(id) ?? 0 };
};

const TWO_DAYS_SECONDS = 48 * 3_600;

// The stream forgets after 24 hours, so the model alone would not notice a shorter life than 48.
const assertExpired = ({ nowMs }: StreamModel, { expired }: CounterChange): void => {
  for (const [shardId, { at }] of expired.checkpoints) {
    const ageSeconds = Math.floor(nowMs / 1000) - at;
    if (ageSeconds > TWO_DAYS_SECONDS) continue;
    throw new Violation(`The dropped checkpoint of ${shardId} must be old`, '48 hours', ageSeconds);
  }
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
