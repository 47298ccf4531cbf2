import { grossSumsOf, mapRecords, mayHold, recordsOf, rowsOf, sumsOf } from './records.ts';
import type { Checkpoint, Plan, Shard, State, StreamRecord } from './state.ts';

// The possible steps of the counter and its invariants. A step that is refused returns undefined.
// `npm run specification` searches every state of this model within bounds, and the simulation checks
// every write of the real code against it.

/** DynamoDB writes a record to a shard. */
export const write = (state: State, shard: number, record: StreamRecord): State => ({
  ...state,
  shards: state.shards.map((held, of) =>
    of === shard ? { ...held, records: [...held.records, record] } : held,
  ),
});

/** The next uncounted record of a shard leaves the stream. */
export const lose = (state: State, shard: number): State | undefined => {
  const next = state.shards[shard]?.records.findIndex(({ fate }) => fate === 'waiting') ?? -1;
  if (next < 0) return undefined;
  return mapRecords(state, (record, place, of) =>
    of === shard && place === next ? { ...record, fate: 'lost' } : record,
  );
};

/**
 * The projector's single write: all of it happens if the counter is what the plan expects. Redelivered
 * records are at or below the checkpoint or, if that was dropped, not after the watermark.
 */
export const commit = (state: State, plan: Plan): State | undefined => {
  const { shard, upTo, watermark, cutoff, dropped } = plan;
  if (!isHeld(state, shard, plan.checkpoint)) return undefined;
  if (state.watermark !== watermark) return undefined;
  if (state.rebuild?.cutoff !== cutoff) return undefined;
  if (![...dropped].every(([of, seen]) => isHeld(state, of, seen))) return undefined;
  if ([...dropped.values()].some((left) => left.at === 0)) return undefined;

  const { place: start, at } = plan.checkpoint ?? { place: 0, at: 0 };
  const isPassed = ({ fate }: StreamRecord, place: number, of = shard): boolean =>
    of === shard && place >= start && place < upTo && fate !== 'lost';
  const batch = state.shards[shard]?.records.filter((one, place) => isPassed(one, place)) ?? [];
  if (batch.length === 0) return undefined;
  const counted = batch.filter((record) => !isLate(record, watermark));
  const since = counted.filter(({ first }) => cutoff !== undefined && first >= cutoff);
  const checkpoint = { place: upTo, at: Math.max(at, ...batch.map((record) => record.at)) };
  const next = {
    total: state.total + sumsOf(counted).started,
    removed: state.removed + sumsOf(counted).removed,
    watermark: Math.max(watermark, ...[...dropped.values()].map((left) => left.at)),
    rebuild: state.rebuild && {
      cutoff: state.rebuild.cutoff,
      started: state.rebuild.started + sumsOf(since).started,
      removed: state.rebuild.removed + sumsOf(since).removed,
    },
    survey: state.survey,
    shards: state.shards.map(({ records, checkpoint: held }, of) => {
      if (of === shard) return { records, checkpoint };
      return { records, checkpoint: dropped.has(of) ? undefined : held };
    }),
  };
  return mapRecords(next, (record, place, of) => {
    if (!isPassed(record, place, of) || record.fate !== 'waiting') return record;
    return { ...record, fate: isLate(record, watermark) ? 'late' : 'counted' };
  });
};

/** A rebuild begins with a cutoff in the future, unless another one is running. */
export const beginRebuild = (state: State, cutoff: number): State | undefined =>
  state.rebuild ? undefined : { ...state, rebuild: { cutoff, started: 0, removed: 0 } };

/** A rebuild ends without a correction. */
export const abortRebuild = (state: State): State | undefined =>
  state.rebuild && { ...state, rebuild: undefined };

/**
 * After the cutoff, once everything before it is settled, the rows from before it are counted. Here
 * this is instantaneous; in reality it takes minutes in which rows come and go, which the simulation
 * covers.
 */
export const survey = (state: State, now: number): State | undefined => {
  const { total, removed, rebuild } = state;
  if (!rebuild || now < rebuild.cutoff) return undefined;
  const old = recordsOf(state).filter(({ first }) => first < rebuild.cutoff);
  if (old.some(({ fate }) => fate === 'waiting')) return undefined;
  const held = total - rebuild.started - (removed - rebuild.removed);
  const lacks = rowsOf(old) - held;
  const sums = { missing: Math.max(lacks, 0), surplus: Math.max(-lacks, 0) };
  const found = { ...state, survey: { cutoff: rebuild.cutoff, ...sums } };
  return mapRecords(found, (record) => {
    if (record.fate === 'counted' || record.repair === 'done') return record;
    return { ...record, repair: old.includes(record) ? 'found' : 'none' };
  });
};

/** The surveyed rebuild corrects the counter by what it found, and ends. */
export const applyCorrection = (state: State): State | undefined => {
  if (!state.survey || state.rebuild?.cutoff !== state.survey.cutoff) return undefined;
  const total = state.total + state.survey.missing;
  const removed = state.removed + state.survey.surplus;
  return mapRecords({ ...state, total, removed, rebuild: undefined }, (record) =>
    record.repair === 'found' ? { ...record, repair: 'done' } : record,
  );
};

/**
 * The first invariant that a state violates; undefined when all hold. Together they say: the total is the number of
 * inserts less that of retracts, at or below each shard's checkpoint, or a dropped one when it was dropped, except late
 * or lost records that no correction has made up for.
 */
export const findViolatedInvariant = ({ shards, ...counter }: State): string | undefined => {
  const all = recordsOf({ shards });
  const counted = all.filter(({ fate }) => fate === 'counted');
  const known = all.filter(({ fate, repair }) => fate === 'counted' || repair === 'done');
  const isRemembered = ({ records, checkpoint }: Shard): boolean =>
    records.every((record, place) => {
      if (place < (checkpoint?.place ?? 0)) return record.fate !== 'waiting';
      return record.fate !== 'counted' || isLate(record, counter.watermark);
    });
  const others = all.filter(({ fate }) => fate !== 'counted');
  return firstViolated({
    'Checkpoint and watermark cover exactly the counted records': shards.every(isRemembered),
    'The rows are those counted or corrected': counter.total - counter.removed === rowsOf(known),
    'Corrections add at most what was not counted': mayHold(counter, counted, others),
  });
};

/** The first invariant that a step violates; undefined when all hold. */
export const findViolatedStepInvariant = (before: State, after: State): string | undefined =>
  firstViolated({
    'Only a retract lowers the total': grossSumsOf(after).started >= grossSumsOf(before).started,
    'Only a restore lowers removed': grossSumsOf(after).removed >= grossSumsOf(before).removed,
    'The watermark never falls': after.watermark >= before.watermark,
    'A kept checkpoint never falls': before.shards.every(({ checkpoint }, of) => {
      const kept = after.shards[of]?.checkpoint;
      return !checkpoint || !kept || kept.place >= checkpoint.place;
    }),
  });

const firstViolated = (invariants: Readonly<Record<string, boolean>>): string | undefined =>
  Object.keys(invariants).find((invariant) => !invariants[invariant]);

// A checkpoint is no proof: after a drop, a late record may create one that is too low.
const isLate = ({ at }: StreamRecord, watermark: number): boolean =>
  watermark > 0 && at <= watermark;

const isHeld = ({ shards }: State, shard: number, seen: Checkpoint | undefined): boolean =>
  shards[shard]?.checkpoint?.place === seen?.place && shards[shard]?.checkpoint?.at === seen?.at;
