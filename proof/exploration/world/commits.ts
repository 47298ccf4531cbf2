import { UnknownExpressionError } from '../dynamodb/attribute-value.ts';
import { createInterner, type Interner } from '../engine/interner.ts';
import { Violation } from '../engine/search.ts';
import { describeErrors, type Errors, errorsOf } from './counter-errors.ts';
import type { CounterTable } from './counter-table.ts';
import { type Coverage, findCoverage } from './coverage.ts';
import { has, withoutGap } from './record-mask.ts';
import type { State } from './state.ts';
import type { Step } from './step.ts';
import type { Streams } from './streams.ts';
import type { WorldPlan } from './world-plan.ts';

/** The writes to the counter items, each checked against the expected counters. */
export interface Commits {
  /**
   * Applies a request to its counter item, updates `state` and returns the number of the reply. Throws a
   * Violation when a checkpoint falls, when the errors of the items change, or when the request is invalid.
   * With `mayCorrect` the errors may change; the caller checks them.
   */
  readonly commit: (state: State, request: number, why: Why) => number;
  /** How far the items' sums are off: nothing, unless drift was injected. */
  readonly errors: Interner<Errors>;
}

export interface Why {
  readonly step: Step;
  readonly mayCorrect?: boolean;
}

/** The writes to `table`. Checks are cached. Number 0 of the errors means none. */
export const createCommits = (plan: WorldPlan, table: CounterTable, streams: Streams): Commits => {
  const errors = createInterner<Errors>();
  const check = createChecker({ table, streams, errors });
  const commit: Commits['commit'] = (state, request, { step, mayCorrect = false }) => {
    const applied = orMessage(() => table.apply(state.item, request));
    if (typeof applied === 'string') throw new Violation(applied, step);
    if (applied.item === state.item) return applied.reply;
    const found = check(state, applied.item);
    if (typeof found === 'string') throw new Violation(found, step);
    if (found.errors !== state.errors && !mayCorrect) {
      throw new Violation(`Counter: ${describeErrors(errors.get(found.errors))}`, step);
    }
    state.item = applied.item;
    state.errors = found.errors;
    for (const [place, shard] of state.shards.entries()) {
      Object.assign(shard, found.coverage[place]);
      if (!plan.hasSourcePosition) shard.delivered = withoutGap(shard.covered);
    }
    return applied.reply;
  };
  return { errors, commit };
};

interface CheckedWrite {
  readonly errors: number;
  readonly coverage: readonly Coverage[];
}

interface CheckerParts {
  readonly table: CounterTable;
  readonly streams: Streams;
  readonly errors: Interner<Errors>;
}

/** Checks items that replace the state's; a string says what is wrong. */
const createChecker = ({ table, streams, errors }: CheckerParts) => {
  const known = new Map<string, CheckedWrite | string>();
  const numberOf = (found: Errors): number => errors.numberOf(describeErrors(found), found);
  numberOf(new Map());
  const check = (state: State, item: number): CheckedWrite => {
    const coverage = findCoverage(state, item, { table, streams });
    const counted = streams.get(state.stream).flatMap((records, shard) => {
      const { covered = 0, lost = 0 } = coverage[shard] ?? {};
      return records.filter((_, place) => has(covered & ~lost, place));
    });
    return { coverage, errors: numberOf(errorsOf(table.items.get(item), counted)) };
  };
  return (state: State, item: number): CheckedWrite | string => {
    const places = state.shards.map(({ covered, lost }) => `${covered} ${lost}`);
    const key = `${state.item} ${item} ${state.stream} ${places}`;
    const found = known.get(key) ?? orMessage(() => check(state, item));
    known.set(key, found);
    return found;
  };
};

// A request the interpreter does not implement, or DynamoDB would refuse, is wrong too.
const orMessage = <Value>(find: () => Value): Value | string => {
  try {
    return find();
  } catch (error) {
    const isWrong = error instanceof UnknownExpressionError || error instanceof RangeError;
    if (isWrong) return error.message;
    throw error;
  }
};
