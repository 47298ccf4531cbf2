import type { Counter, Checkpoint as HeldCheckpoint } from '../src/domain/counter.ts';
import { commit, correct, mark, unmark } from './counter-specification.ts';
import type { Checkpoint, State, StreamRecord } from './state.ts';

/** A record of the stream, as whoever wrote it knows it. */
export interface KnownRecord {
  readonly sequence: bigint;
  readonly kind: StreamRecord['kind'];
  /** When DynamoDB wrote it, epoch seconds; 0 when the record does not tell. */
  readonly writtenAt: number;
  /** The first visit of its row, epoch milliseconds; undefined when the record does not tell. */
  readonly firstMs: number | undefined;
  /** Whether it left the stream before anybody counted it. */
  readonly isLost: boolean;
}

/** A counter before and after a write, and what is known beside. */
export interface CounterStep {
  readonly before: Counter;
  readonly after: Counter;
  /** The records of a shard, in order; undefined for a shard that is not there. */
  readonly recordsOf: (shardId: string) => readonly KnownRecord[] | undefined;
  /** The correction that was asked for, if the write is one. */
  readonly correction?: { readonly total: number; readonly removed: number } | undefined;
}

/**
 * Why the specification does not allow a write of the real counter; undefined when it does, or when
 * nothing changed. The write is held against the same `commit` that the search has proven, planned on
 * the counter as it was: so a write whose condition did not hold shows in what it leaves. How much
 * a correction moves is its operator's to say; whether that is the truth, the caller has to judge.
 */
export const whyNotSpecified = (step: CounterStep): string | undefined => {
  const [cut, nextCut] = [step.before.rebuild?.cut, step.after.rebuild?.cut];
  if (cut === nextCut) return whyNoCommit(step);
  if (cut !== undefined && nextCut !== undefined) return `${nextCut} took the place of ${cut}`;
  const state = stateOf(step.before, step);
  if (nextCut !== undefined) return difference(step, mark(state, Date.parse(nextCut)));
  const { correction } = step;
  if (!correction) return difference(step, unmark(state));
  const cutoff = state.rebuild?.cutoff ?? 0;
  const survey = { cutoff, missing: correction.total, surplus: correction.removed };
  return difference(step, correct({ ...state, survey }));
};

const whyNoCommit = (step: CounterStep): string | undefined => {
  const { before, after } = step;
  const moved = [...after.checkpoints.keys()].filter(
    (id) => !isSame(before.checkpoints.get(id), after.checkpoints.get(id)),
  );
  const [shardId] = moved;
  if (shardId === undefined) return difference(step, stateOf(before, step));
  if (moved.length > 1) return `it moves the checkpoints of ${moved.join(' and ')}`;
  const shards = idsOf(step);
  const shard = shards.indexOf(shardId);
  const state = stateOf(before, step, shardId);
  const left = stateOf(after, step);
  const dropped = [...state.shards.entries()].flatMap(([of, { checkpoint }]) =>
    checkpoint && !left.shards[of]?.checkpoint ? [[of, checkpoint] as const] : [],
  );
  const next = commit(state, {
    ...{ shard, upTo: left.shards[shard]?.checkpoint?.place ?? 0, dropped: new Map(dropped) },
    ...{ checkpoint: state.shards[shard]?.checkpoint, watermark: state.watermark },
    cutoff: state.rebuild?.cutoff,
  });
  return difference(step, next);
};

/** The state of the specification; the records only of the shard that is counted. */
const stateOf = (counter: Counter, step: CounterStep, counted?: string): State => {
  const { total, removed, watermark, rebuild } = counter;
  const cutoff = rebuild && Date.parse(rebuild.cut);
  return {
    ...{ total, removed, watermark, survey: undefined },
    rebuild:
      rebuild && cutoff !== undefined
        ? { cutoff, started: rebuild.started, removed: rebuild.removed }
        : undefined,
    shards: idsOf(step).map((id) => {
      const records = step.recordsOf(id) ?? [];
      return {
        records: id === counted ? records.map((record) => toStreamRecord(record, cutoff)) : [],
        checkpoint: toCheckpoint(counter.checkpoints.get(id), records),
      };
    }),
  };
};

const idsOf = ({ before, after }: CounterStep): string[] => [
  ...new Set([...before.checkpoints.keys(), ...after.checkpoints.keys()]),
];

const DAY_MS = 86_400_000;

// The counter tells other days apart by themselves: to it, a later one is none of since the cutoff.
const toStreamRecord = (
  { kind, writtenAt, firstMs = Number.NEGATIVE_INFINITY, isLost }: KnownRecord,
  cutoff = 0,
): StreamRecord => {
  const isOfItsDay = Math.floor(firstMs / DAY_MS) === Math.floor(cutoff / DAY_MS);
  const first = isOfItsDay ? firstMs : Number.NEGATIVE_INFINITY;
  return { kind, at: writtenAt, first, fate: isLost ? 'lost' : 'waiting', repair: 'none' };
};

// By BigInt, which is slow and cannot be wrong, where the code under test compares padded text.
const toCheckpoint = (
  held: HeldCheckpoint | undefined,
  records: readonly KnownRecord[],
): Checkpoint | undefined => {
  if (held === undefined) return undefined;
  const sequence = BigInt(held.sequence);
  return { place: records.findLastIndex((one) => one.sequence === sequence) + 1, at: held.at };
};

const difference = (step: CounterStep, specified: State | undefined): string | undefined => {
  if (specified === undefined) return 'the specification refuses it';
  const [found, expected] = [wordsOf(stateOf(step.after, step)), wordsOf(specified)];
  return found === expected ? undefined : `${expected} is specified, and it left ${found}`;
};

const wordsOf = ({ total, removed, watermark, rebuild, shards }: State): string =>
  JSON.stringify({
    ...{ total, removed, watermark, rebuild },
    checkpoints: shards.map(({ checkpoint }) => checkpoint ?? null),
  });

const isSame = (a: HeldCheckpoint | undefined, b: HeldCheckpoint | undefined): boolean =>
  a?.sequence === b?.sequence && a?.at === b?.at;
