import { UnknownExpressionError } from '../dynamodb/attribute-value.ts';
import { createInterner, type Interner } from '../engine/interner.ts';
import { Violation } from '../engine/search.ts';
import type { CounterTable } from './counter-table.ts';
import type { PlannedRecord } from './records.ts';
import type { State } from './state.ts';
import type { Step } from './step.ts';
import type { Streams } from './streams.ts';
import { coverageOf, describeErrors, type Errors, errorsOf, isLate, mayBeLate } from './truth.ts';
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

interface Found {
  readonly errors: number;
  readonly shards: readonly { readonly covered: number; readonly lost: number }[];
}

/** The writes to `table`. What was judged once is remembered. Errors number 0 are none. */
export const createCommits = (
  plan: WorldPlan,
  table: CounterTable,
  streams: Streams,
): Commits => {
  const errors = createInterner<Errors>();
  const numberOf = (found: Errors): number => errors.numberOf(describeErrors(found), found);
  numberOf(new Map());
  const known = new Map<string, Found | string>();
  const find = (state: State, item: number): Found => {
    const shards = coveredBy(state, item, { table, streams });
    const counted = streams.get(state.stream).flatMap((records, shard) => {
      const { covered = 0, lost = 0 } = shards[shard] ?? {};
      return records.slice(0, covered).filter((_, place) => ((lost >>> place) & 1) === 0);
    });
    return { shards, errors: numberOf(errorsOf(table.items.get(item), counted)) };
  };
  const findOnce = (state: State, item: number): Found | string => {
    const places = state.shards.map(({ covered, lost }) => `${covered} ${lost}`);
    const key = `${state.item} ${item} ${state.stream} ${places}`;
    const found = known.get(key) ?? orMessage(() => find(state, item));
    known.set(key, found);
    return found;
  };
  const commit: Commits['commit'] = (state, request, { step, mayCorrect = false }) => {
    const applied = orMessage(() => table.apply(state.item, request));
    if (typeof applied === 'string') throw new Violation(applied, step);
    if (applied.item === state.item) return applied.reply;
    const found = findOnce(state, applied.item);
    if (typeof found === 'string') throw new Violation(found, step);
    if (found.errors !== state.errors && !mayCorrect) {
      throw new Violation(`The counter: ${describeErrors(errors.get(found.errors))}`, step);
    }
    state.item = applied.item;
    state.errors = found.errors;
    for (const [place, shard] of state.shards.entries()) {
      Object.assign(shard, found.shards[place]);
      if (!plan.isSourceTold) shard.delivered = shard.covered;
    }
    return applied.reply;
  };
  return { errors, commit };
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

/**
 * How many records of each shard are behind a checkpoint, or ever were, once the item is `item`, and
 * which of them came too late to be counted. Throws a RangeError when a checkpoint falls, or when a
 * record is lost that was not that late.
 */
const coveredBy = (
  state: State,
  item: number,
  { table, streams }: { readonly table: CounterTable; readonly streams: Streams },
): Found['shards'] => {
  const stream = streams.get(state.stream);
  const [before, after] = [state.item, item].map((number) => table.items.get(number));
  const [held, holds] = [coverageOf(before, stream), coverageOf(after, stream)];
  const shards = state.shards.map(({ covered, lost }, shard) => {
    const [from = 0, to = from] = [held[shard], holds[shard]];
    if (to < from) throw new RangeError(fall(shard, from, to));
    const late = placesFrom(covered, to).filter((place) => {
      const record = stream[shard]?.[place];
      return record && isLate(record, before);
    });
    return {
      covered: Math.max(covered, to),
      lost: late.reduce((mask, place) => mask | (1 << place), lost),
      late,
    };
  });
  const seen = stream.flatMap((records, shard) => records.slice(0, shards[shard]?.covered));
  for (const [shard, { late }] of shards.entries()) {
    for (const place of late) assertLate(stream[shard]?.[place], seen);
  }
  return shards.map(({ covered, lost }) => ({ covered, lost }));
};

const placesFrom = (start: number, end: number): number[] =>
  Array.from({ length: Math.max(end - start, 0) }, (_, offset) => start + offset);

const assertLate = (record: PlannedRecord | undefined, seen: readonly PlannedRecord[]): void => {
  if (record && mayBeLate(record, seen)) return;
  throw new RangeError(`The record of ${record?.row} is lost, though it is not late`);
};

const fall = (shard: number, from: number, to: number): string =>
  `The checkpoint of ${shardName(shard)} falls from record ${from} to ${to}`;
