import { UnknownExpressionError } from '../dynamodb/attribute-value.ts';
import { createInterner, type Interner } from '../engine/interner.ts';
import { Violation } from '../engine/search.ts';
import type { CounterTable } from './counter-table.ts';
import type { State } from './state.ts';
import type { Step } from './step.ts';
import type { Streams } from './streams.ts';
import { coverageOf, describeErrors, type Errors, errorsOf } from './truth.ts';
import { shardName, type WorldPlan } from './world-plan.ts';

/** The counter item's writes, each held against the truth. */
export interface Commits {
  /**
   * Lets a request reach the counter item. Returns the number of the reply, and changes `state`.
   * Throws a Violation when a checkpoint falls, when the errors of the item are not those that it
   * had, or when the request is none. `mayCorrect` lets the errors change, for the caller to judge.
   */
  readonly commit: (state: State, request: number, why: Why) => number;
  /** What the item's sums are off by: nothing, unless somebody spoilt it. */
  readonly errors: Interner<Errors>;
}

export interface Why {
  readonly step: Step;
  readonly mayCorrect?: boolean;
}

/** The writes to `table`. What was judged once is remembered. Errors number 0 are none. */
export const createCommits = (plan: WorldPlan, table: CounterTable, streams: Streams): Commits => {
  const errors = createInterner<Errors>();
  const numberOf = (found: Errors): number => errors.numberOf(describeErrors(found), found);
  numberOf(new Map());
  const judge = remember((state: State) => {
    const counted = streams
      .get(state.stream)
      .map((records, shard) => records.slice(0, state.shards[shard]?.covered));
    return numberOf(errorsOf(table.items.get(state.item), counted, plan.dropsDays));
  });
  const cover = remember(({ item, stream }: State) =>
    coverageOf(table.items.get(item), streams.get(stream)),
  );
  const commit: Commits['commit'] = (state, request, { step, mayCorrect = false }) => {
    const { item, reply } = table.apply(state.item, request);
    if (item === state.item) return reply;
    state.item = item;
    raiseCoverage(state, cover(`${item} ${state.stream}`, state), step);
    if (!plan.isSourceTold) for (const shard of state.shards) shard.delivered = shard.covered;
    const covered = state.shards.map((shard) => shard.covered);
    const found = judge(`${item} ${state.stream} ${covered}`, state);
    if (found !== state.errors && !mayCorrect) {
      throw new Violation(`The counter: ${describeErrors(errors.get(found))}`, step);
    }
    state.errors = found;
    return reply;
  };
  return {
    errors,
    commit: (state, request, why) => {
      try {
        return commit(state, request, why);
      } catch (error) {
        const isWrong = error instanceof UnknownExpressionError || error instanceof RangeError;
        throw isWrong ? new Violation(error.message, why.step) : error;
      }
    },
  };
};

const remember = <Result>(find: (state: State) => Result) => {
  const known = new Map<string, Result>();
  return (key: string, state: State): Result => {
    if (!known.has(key)) known.set(key, find(state));
    return known.get(key) as Result;
  };
};

const raiseCoverage = (
  { shards }: State,
  coverage: readonly (number | undefined)[],
  step: Step,
): void => {
  for (const [number, shard] of shards.entries()) {
    const covered = coverage[number] ?? shard.covered;
    if (covered < shard.covered) {
      const fall = `from record ${shard.covered} to ${covered}`;
      throw new Violation(`The checkpoint of ${shardName(number)} falls ${fall}`, step);
    }
    shard.covered = covered;
  }
};
