import type { Counter } from '../../src/domain/counter.ts';
import type { CounterChange } from '../../src/domain/counter-change.ts';
import type { SequenceNumber } from '../../src/domain/sequence-number.ts';
import { type CounterErrors, sumOf } from './errors.ts';
import type { ModelRecord, ModelShard } from './shard-model.ts';
import type { StreamModel } from './stream-model.ts';
import { assertSame, Violation } from './violation.ts';

/** The counter that the checkpoints imply, and which records of each shard they cover. */
export interface ExpectedCounter {
  /** Throws a Violation when a committed counter differs from the records up to its checkpoints. */
  readonly checkCommit: (change: CounterChange, counter: Counter) => void;
  /** Throws a Violation when a dropped checkpoint is not covered by the watermark. */
  readonly checkDrops: (change: CounterChange, counter: Counter) => void;
  readonly covered: (shard: ModelShard) => number;
}

/** The expected counter before anything is counted. */
export const createExpectedCounter = (
  model: StreamModel,
  errors: CounterErrors,
): ExpectedCounter => {
  const coveredOf = new Map<string, number>();
  const sums = { inserts: 0, removes: 0 };
  const dropped = new Set<string>();
  const checkCommit = (change: CounterChange, { total, removed }: Counter): void => {
    const shard = shardOf(model, change.shardId);
    const before = coveredOf.get(shard.id) ?? 0;
    const reached = countUpTo(shard, change.checkpoint.sequence);
    // After a drop, late records may create a lower checkpoint, which must count nothing.
    const after = dropped.has(shard.id) ? Math.max(before, reached) : reached;
    if (after <= before && !dropped.has(shard.id)) {
      throw new Violation('A checkpoint must rise', `over ${before}`, after);
    }
    coveredOf.set(shard.id, after);
    for (const record of shard.records.slice(before, after)) addTo(sums, record);
    assertSame(
      'The total must equal the inserts up to the checkpoints',
      sums.inserts + model.lost.inserts + sumOf(errors.started),
      total,
    );
    assertSame(
      'Removed must equal the removals up to the checkpoints',
      sums.removes + model.lost.removes + sumOf(errors.removed),
      removed,
    );
  };
  const checkDrops = ({ expired }: CounterChange, { watermark }: Counter): void => {
    for (const shardId of expired.checkpoints.keys()) {
      dropped.add(shardId);
      const counted = shardOf(model, shardId).records.slice(0, coveredOf.get(shardId));
      assertCoveredByWatermark(counted, watermark);
    }
  };
  return { checkCommit, checkDrops, covered: ({ id }: ModelShard) => coveredOf.get(id) ?? 0 };
};

const addTo = (
  sums: { inserts: number; removes: number },
  { record, isLost }: ModelRecord,
): void => {
  if (isLost) return;
  if (record.eventName === 'INSERT') sums.inserts += 1;
  if (record.eventName === 'REMOVE') sums.removes += 1;
};

// A counted record whose checkpoint was dropped must be late from then on.
const assertCoveredByWatermark = (counted: readonly ModelRecord[], watermark: number): void => {
  for (const { writtenMs } of counted) {
    if (writtenMs < (watermark + 1) * 1000) continue;
    throw new Violation(
      'The watermark must cover every dropped checkpoint',
      writtenMs / 1000,
      watermark,
    );
  }
};

const shardOf = (model: StreamModel, shardId: string): ModelShard => {
  const shard = model.shards.find(({ id }) => id === shardId);
  if (shard === undefined)
    throw new Violation('A checkpoint must name a shard', 'a known shard', shardId);
  return shard;
};

// BigInt is slow but obviously correct; the code under test compares padded text.
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
