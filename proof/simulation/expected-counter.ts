import type { Counter } from '../../src/domain/counter.ts';
import type { CounterChange } from '../../src/domain/counter-change.ts';
import type { SequenceNumber } from '../../src/domain/sequence-number.ts';
import { EFFECTS } from '../specification/records.ts';
import { type CounterErrors, sumOf } from './errors.ts';
import { type ModelRecord, type ModelShard, recordsAbout } from './shard-model.ts';
import type { StreamModel } from './stream-model.ts';
import { assertSame, Violation } from './violation.ts';

/** What the checkpoints of one counter imply, and which records of each shard they cover. */
export interface ExpectedCounter {
  /** Throws a Violation when a committed counter differs from the records up to its checkpoints. */
  readonly checkCommit: (change: CounterChange, counter: Counter) => void;
  /** Throws a Violation when a dropped checkpoint is not covered by the watermark. */
  readonly checkDrops: (change: CounterChange, counter: Counter) => void;
  /** The sequence number of the last covered record of a shard; -1 for none. */
  readonly reached: (shard: ModelShard) => bigint;
}

/** What is expected of this counter before anything is counted. */
export const createExpectedCounter = (
  model: StreamModel,
  name: string,
  errors: CounterErrors,
): ExpectedCounter => {
  const { lost } = model.trueCountsOf(name);
  const coveredOf = new Map<string, number>();
  const sums = { started: 0, removed: 0 };
  const dropped = new Set<string>();
  const checkCommit = (change: CounterChange, { total, removed }: Counter): void => {
    const shard = shardOf(model, change.shardId);
    const before = coveredOf.get(shard.id) ?? 0;
    const records = recordsAbout(shard, name);
    const reached = countUpTo(records, change.checkpoint.sequence);
    // After a drop, late records may create a lower checkpoint, which must count nothing.
    const after = dropped.has(shard.id) ? Math.max(before, reached) : reached;
    if (after <= before && !dropped.has(shard.id)) {
      throw new Violation('A checkpoint must rise', `over ${before}`, after);
    }
    coveredOf.set(shard.id, after);
    for (const record of records.slice(before, after)) addTo(sums, record);
    const started = sums.started + lost.started + sumOf(errors.started);
    assertSame('The total must equal the sessions up to the checkpoints', started, total);
    const gone = sums.removed + lost.removed + sumOf(errors.removed);
    assertSame('Removed must equal the removals up to the checkpoints', gone, removed);
  };
  const checkDrops = ({ expired }: CounterChange, { watermark }: Counter): void => {
    for (const shardId of expired.checkpoints.keys()) {
      dropped.add(shardId);
      const records = recordsAbout(shardOf(model, shardId), name);
      const counted = records.slice(0, coveredOf.get(shardId));
      assertCoveredByWatermark(counted, watermark);
    }
  };
  const reached = (shard: ModelShard): bigint =>
    recordsAbout(shard, name)[(coveredOf.get(shard.id) ?? 0) - 1]?.sequence ?? -1n;
  return { checkCommit, checkDrops, reached };
};

const addTo = (sums: { started: number; removed: number }, { kind, isLost }: ModelRecord): void => {
  if (isLost) return;
  sums.started += EFFECTS[kind].started;
  sums.removed += EFFECTS[kind].removed;
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
const countUpTo = (records: readonly ModelRecord[], sequence: SequenceNumber): number => {
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
