import type { Counter } from '../../src/domain/counter.ts';
import type { CounterChange } from '../../src/domain/counter-change.ts';
import type { CommitAnswer } from '../../src/domain/counter-store.ts';
import type { Packing } from '../../src/domain/day-packing.ts';
import type { Correction, RebuildStore } from '../../src/domain/rebuild.ts';
import type { UndoStore } from '../../src/domain/undo.ts';
import type { UtcDay } from '../../src/domain/utc-day.ts';
import { addCorrection, type CounterErrors, noErrors, withDrift } from './errors.ts';
import { createExpectedCounter } from './expected-counter.ts';
import { createKnownRecords } from './known-records.ts';
import type { ModelShard } from './shard-model.ts';
import { createSpecifiedCounter } from './specified-counter.ts';
import type { StreamModel } from './stream-model.ts';

/** The store of one counter. It checks every write against the expected counter. */
export interface CheckedStore extends RebuildStore, UndoStore {
  readonly commit: (change: CounterChange) => Promise<CommitAnswer>;
  readonly read: () => Counter;
  /** Edits the counter, which no code of ours does. */
  readonly injectDrift: (by: number, day: UtcDay | undefined) => void;
  readonly errors: CounterErrors;
  /** The sequence number of the last record of a shard that is counted; -1 for none. */
  readonly reached: (shard: ModelShard) => bigint;
  readonly writes: Readonly<Writes>;
}

const NO_WRITES = {
  ...{ committed: 0, rejected: 0, rejectedPackings: 0 },
  ...{ droppedCheckpoints: 0, droppedDays: 0, packedDays: 0 },
};

export type Writes = Record<keyof typeof NO_WRITES, number>;

/**
 * A checked store over an empty counter. `commit` throws a Violation when a write breaks an invariant,
 * and so does every write that the specification does not allow.
 */
export const createCheckedStore = (model: StreamModel, counter: string): CheckedStore => {
  const recordsOf = createKnownRecords(model, counter);
  let store = createSpecifiedCounter(recordsOf);
  const errors = noErrors();
  const expected = createExpectedCounter(model, counter, errors);
  const writes: Writes = { ...NO_WRITES };
  const commit = async (change: CounterChange): Promise<CommitAnswer> => {
    const answer = await store.commitChange(change);
    if (answer.status === 'conflict') {
      writes.rejected += 1;
      if (change.packing) writes.rejectedPackings += 1;
      return answer;
    }
    noteCommit(writes, change);
    expected.checkCommit(change, answer.counter);
    expected.checkDrops(change, answer.counter);
    return answer;
  };
  const applyCorrection = async (correction: Correction, at: string): Promise<boolean> => {
    const isCorrected = await store.applyCorrection(correction, at);
    if (isCorrected) addCorrection(errors, correction);
    return isCorrected;
  };
  return {
    ...{ commit, applyCorrection, errors, writes, reached: expected.reached },
    read: () => store.read(),
    beginRebuild: (cutoff, lastCutoff) => store.beginRebuild(cutoff, lastCutoff),
    abortRebuild: (cutoff) => store.abortRebuild(cutoff),
    beginUndo: (undo, lastUndo) => store.beginUndo(undo, lastUndo),
    endUndo: (at) => store.endUndo(at),
    injectDrift: (by, day) => {
      store = createSpecifiedCounter(recordsOf, withDrift(errors, store.read(), { by, day }));
    },
  };
};

const noteCommit = (writes: Writes, { expired, packing }: CounterChange): void => {
  writes.committed += 1;
  writes.droppedCheckpoints += expired.checkpoints.size;
  writes.droppedDays += expired.startedDays.length + daysDroppedBy(packing);
  writes.packedDays += packing?.moved.startedByDay.size ?? 0;
};

const daysDroppedBy = (packing: Packing | undefined): number =>
  [...(packing?.expected.startedByDay.keys() ?? [])].filter(
    (day) => !packing?.next.startedByDay.has(day),
  ).length;
