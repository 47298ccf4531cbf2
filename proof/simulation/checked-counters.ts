import type { ByCounter } from '../../src/domain/by-counter.ts';
import { type Counter, EMPTY_COUNTER } from '../../src/domain/counter.ts';
import type { CounterChange } from '../../src/domain/counter-change.ts';
import type { CommitAnswer } from '../../src/domain/counter-store.ts';
import { type CheckedStore, createCheckedStore, type Writes } from './checked-store.ts';
import { COUNTERS } from './counters.ts';
import type { ModelRecord, ModelShard } from './shard-model.ts';
import type { StreamModel } from './stream-model.ts';
import { Violation } from './violation.ts';

/** The checked stores of all counters of a history. */
export interface CheckedCounters {
  /** The store of this counter. Throws a Violation when there is no such counter. */
  readonly of: (counter: string) => CheckedStore;
  /** Those of these counters that have an item, as a scan of the counts table finds them. */
  readonly written: (names: readonly string[]) => ByCounter<Counter>;
  /** Writes a change to the store of its counter. */
  readonly commit: (change: CounterChange) => Promise<CommitAnswer>;
  /** Whether the counter of a record has counted it. */
  readonly hasCounted: (shard: ModelShard, record: ModelRecord) => boolean;
  /** The sum of one kind of write over all counters. */
  readonly sumOf: (kind: keyof Writes) => number;
}

/** The stores of counters that have counted nothing yet. */
export const createCheckedCounters = (model: StreamModel): CheckedCounters => {
  const stores = new Map<string, CheckedStore>(
    COUNTERS.map((counter) => [counter, createCheckedStore(model, counter)]),
  );
  const of = (counter: string): CheckedStore => {
    const store = stores.get(counter);
    if (store) return store;
    throw new Violation('A write to a counter', COUNTERS.join(' or '), counter);
  };
  return {
    of,
    written: (names) =>
      new Map(
        names
          .map((name) => [name, of(name).read()] as const)
          .filter(([, counter]) => counter !== EMPTY_COUNTER),
      ),
    commit: async (change) => of(change.counter).commit(change),
    hasCounted: (shard, { counter, sequence }) => of(counter).reached(shard) >= sequence,
    sumOf: (kind) => [...stores.values()].reduce((sum, { writes }) => sum + writes[kind], 0),
  };
};
