import type { Counter, Checkpoint as HeldCheckpoint } from '../../src/domain/counter.ts';
import { abortRebuild, applyCorrection, beginRebuild, commit } from './counter-specification.ts';
import type { Checkpoint, State, StreamRecord } from './state.ts';

/** A stream record, as its writer knows it. */
export interface KnownRecord {
  readonly sequence: bigint;
  readonly kind: StreamRecord['kind'];
  /** When DynamoDB wrote it, epoch seconds; 0 when the record has no time. */
  readonly writtenAt: number;
  /** The first visit of its row, epoch milliseconds; undefined when the record has none. */
  readonly firstMs: number | undefined;
  /** Whether it left the stream before it was counted. */
  readonly isLost: boolean;
}

/** A counter before and after a write, with what is known about the write. */
export interface CounterStep {
  readonly before: Counter;
  readonly after: Counter;
  /** The records of a shard, in order; undefined for an unknown shard. */
  readonly recordsOf: (shardId: string) => readonly KnownRecord[] | undefined;
  /** The correction that was requested, if the write is one. */
  readonly correction?: { readonly total: number; readonly removed: number } | undefined;
}

/**
 * Why the specification does not allow a write of the real counter; undefined when it does, or when
 * nothing changed. The write is compared with the same `commit` that the search verifies, planned on
 * the counter before it, so a write that ignored its condition shows in its result. The size of a
 * correction is taken as given; the caller checks whether it is right.
 */
export const whyNotSpecified = (step: CounterStep): string | undefined => {
  const ids = idsOf(step);
  const before = stateOf(step.before, ids, step);
  const after = stateOf(step.after, ids, step);
  const [cutoff, nextCutoff] = [before.rebuild?.cutoff, after.rebuild?.cutoff];
  if (cutoff === nextCutoff) return whyNotCommit({ ...step, ids }, before, after);
  if (nextCutoff !== undefined) return difference(after, beginRebuild(before, nextCutoff));
  const { correction } = step;
  if (cutoff === undefined || !correction) return difference(after, abortRebuild(before));
  const survey = { cutoff, missing: correction.total, surplus: correction.removed };
  return difference(after, applyCorrection({ ...before, survey }));
};

/** A step with the ids of the shards in its states. */
type IdentifiedStep = CounterStep & { readonly ids: readonly string[] };

const whyNotCommit = (step: IdentifiedStep, before: State, after: State): string | undefined => {
  const changed = [...after.shards.keys()].filter((of) => !isSame(before, after, of));
  const dropped = changed.filter((of) => !after.shards[of]?.checkpoint);
  const [shard, ...others] = changed.filter((of) => after.shards[of]?.checkpoint);
  if (shard === undefined) return difference(after, before);
  if (others.length > 0) return `the write moves the checkpoints of ${1 + others.length} shards`;
  const cutoff = before.rebuild?.cutoff;
  const next = commit(withRecords(before, shard, step), {
    ...{ shard, upTo: after.shards[shard]?.checkpoint?.place ?? 0, cutoff },
    ...{ checkpoint: before.shards[shard]?.checkpoint, watermark: before.watermark },
    dropped: new Map(dropped.map((of) => [of, before.shards[of]?.checkpoint as Checkpoint])),
  });
  return difference(after, next);
};

/** The state of the specification, without the records. */
const stateOf = (
  counter: Counter,
  ids: readonly string[],
  { recordsOf }: Pick<CounterStep, 'recordsOf'>,
): State => {
  const { total, removed, watermark, rebuild, checkpoints } = counter;
  const { cutoff = '', started = 0, removed: removedSince = 0 } = rebuild ?? {};
  return {
    ...{ total, removed, watermark, survey: undefined },
    rebuild: rebuild && { cutoff: Date.parse(cutoff), started, removed: removedSince },
    shards: ids.map((id) => ({
      records: [],
      checkpoint: toCheckpoint(checkpoints.get(id), recordsOf(id) ?? []),
    })),
  };
};

// Records at or below the checkpoint do not affect the next write.
const withRecords = (state: State, shard: number, step: IdentifiedStep): State => {
  const known = step.recordsOf(step.ids[shard] ?? '') ?? [];
  const start = state.shards[shard]?.checkpoint?.place ?? 0;
  const records = known.map((record, place) =>
    place < start ? PASSED : toStreamRecord(record, state.rebuild?.cutoff),
  );
  return {
    ...state,
    shards: state.shards.map((held, of) => (of === shard ? { ...held, records } : held)),
  };
};

const PASSED: StreamRecord = { kind: 'other', at: 0, first: 0, fate: 'counted', repair: 'none' };

const idsOf = ({ before, after }: CounterStep): string[] => [
  ...new Set([...before.checkpoints.keys(), ...after.checkpoints.keys()]),
];

const DAY_MS = 86_400_000;

const toStreamRecord = (record: KnownRecord, cutoff: number | undefined): StreamRecord => {
  const first =
    cutoff === undefined ? Number.NEGATIVE_INFINITY : firstVisitOnCutoffDay(cutoff, record);
  const fate = record.isLost ? 'lost' : 'waiting';
  return { kind: record.kind, at: record.writtenAt, first, fate, repair: 'none' };
};

// The counter keeps other days separately, so a record of a later day does not count as after the cutoff.
const firstVisitOnCutoffDay = (cutoff: number, { firstMs }: KnownRecord): number =>
  firstMs !== undefined && Math.floor(firstMs / DAY_MS) === Math.floor(cutoff / DAY_MS)
    ? firstMs
    : Number.NEGATIVE_INFINITY;

// BigInt is slow but obviously correct; the code under test compares padded text.
const toCheckpoint = (
  held: HeldCheckpoint | undefined,
  records: readonly KnownRecord[],
): Checkpoint | undefined => {
  if (held === undefined) return undefined;
  const sequence = BigInt(held.sequence);
  return { place: records.findLastIndex((one) => one.sequence === sequence) + 1, at: held.at };
};

const difference = (after: State, specified: State | undefined): string | undefined => {
  if (specified === undefined) return 'the specification refuses it';
  const [left, expected] = [describeState(after), describeState(specified)];
  return left === expected
    ? undefined
    : `the specification allows ${expected}, but the write left ${left}`;
};

const describeState = ({ total, removed, watermark, rebuild, shards }: State): string =>
  JSON.stringify({
    ...{ total, removed, watermark, rebuild },
    checkpoints: shards.map(({ checkpoint }) => checkpoint ?? null),
  });

const isSame = (before: State, after: State, shard: number): boolean => {
  const [a, b] = [before.shards[shard]?.checkpoint, after.shards[shard]?.checkpoint];
  return a?.place === b?.place && a?.at === b?.at;
};
