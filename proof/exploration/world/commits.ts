import { UnknownExpressionError } from '../dynamodb/attribute-value.ts';
import { createInterner, type Interner } from '../engine/interner.ts';
import { Violation } from '../engine/search.ts';
import type { CounterTable } from './counter-table.ts';
import { type Coverage, findCoverage } from './coverage.ts';
import type { State } from './state.ts';
import type { Step } from './step.ts';
import type { Streams } from './streams.ts';
import { describeErrors, type Errors, errorsOf } from './truth.ts';
import type { WorldPlan } from './world-plan.ts';

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
  const judge = createJudge({ table, streams, errors });
  const commit: Commits['commit'] = (state, request, { step, mayCorrect = false }) => {
    const applied = orMessage(() => table.apply(state.item, request));
    if (typeof applied === 'string') throw new Violation(applied, step);
    if (applied.item === state.item) return applied.reply;
    const found = judge(state, applied.item);
    if (typeof found === 'string') throw new Violation(found, step);
    if (found.errors !== state.errors && !mayCorrect) {
      throw new Violation(`The counter: ${describeErrors(errors.get(found.errors))}`, step);
    }
    state.item = applied.item;
    state.errors = found.errors;
    for (const [place, shard] of state.shards.entries()) {
      Object.assign(shard, found.coverage[place]);
      if (!plan.isSourceTold) shard.delivered = shard.covered;
    }
    return applied.reply;
  };
  return { errors, commit };
};

interface Judgement {
  readonly errors: number;
  readonly coverage: readonly Coverage[];
}

interface JudgeParts {
  readonly table: CounterTable;
  readonly streams: Streams;
  readonly errors: Interner<Errors>;
}

/** Judges what an item says once it takes the place of a state's; a text tells what is wrong. */
const createJudge = ({ table, streams, errors }: JudgeParts) => {
  const known = new Map<string, Judgement | string>();
  const numberOf = (found: Errors): number => errors.numberOf(describeErrors(found), found);
  numberOf(new Map());
  const judge = (state: State, item: number): Judgement => {
    const coverage = findCoverage(state, item, { table, streams });
    const counted = streams.get(state.stream).flatMap((records, shard) => {
      const { covered = 0, lost = 0 } = coverage[shard] ?? {};
      return records.slice(0, covered).filter((_, place) => ((lost >>> place) & 1) === 0);
    });
    return { coverage, errors: numberOf(errorsOf(table.items.get(item), counted)) };
  };
  return (state: State, item: number): Judgement | string => {
    const places = state.shards.map(({ covered, lost }) => `${covered} ${lost}`);
    const key = `${state.item} ${item} ${state.stream} ${places}`;
    const found = known.get(key) ?? orMessage(() => judge(state, item));
    known.set(key, found);
    return found;
  };
};

// What the interpreter does not know, or DynamoDB would refuse, is wrong as well.
const orMessage = <Value>(find: () => Value): Value | string => {
  try {
    return find();
  } catch (error) {
    const isWrong = error instanceof UnknownExpressionError || error instanceof RangeError;
    if (isWrong) return error.message;
    throw error;
  }
};
