import type { KnownRecord } from '../../proof/specification/counter-step.ts';
import type { Plan, State, StreamRecord } from '../../proof/specification/state.ts';
import { type Counter, EMPTY_COUNTER } from '../../src/domain/counter.ts';
import { checkpointAt, knownRecord } from './known-stream.ts';

/** The counter and the records that a state of the specification stands for. */
export interface Concrete {
  readonly counter: Counter;
  readonly recordsOf: (shardId: string) => KnownRecord[];
}

/** The id of a shard, which the specification numbers. */
export const shardName = (shard: number): string => `shard-${shard}`;

/** A state with real values; one second of the specification is `step` seconds. */
export const makeConcrete = (state: State, step: number): Concrete => {
  const { total, removed, watermark, rebuild, shards } = state;
  const cutoff = new Date((rebuild?.cutoff ?? 0) * step * 1000).toISOString();
  const checkpoints = shards.flatMap(({ checkpoint }, shard) =>
    checkpoint
      ? [[shardName(shard), checkpointAt(checkpoint.place, checkpoint.at * step)] as const]
      : [],
  );
  const counter = {
    ...EMPTY_COUNTER,
    ...{ total, removed, watermark: watermark * step, checkpoints: new Map(checkpoints) },
    rebuild: rebuild && { cutoff, started: rebuild.started, removed: rebuild.removed },
  };
  const known = shards.map(({ records }) =>
    records.map((record, place) => toKnown(record, place, step)),
  );
  return { counter, recordsOf: (id) => known.find((_, shard) => shardName(shard) === id) ?? [] };
};

const toKnown = (
  { kind, at, first, fate }: StreamRecord,
  place: number,
  step: number,
): KnownRecord => {
  const times = { writtenAt: at * step, firstMs: first * step * 1000 };
  return knownRecord(place, { kind, ...times, isLost: fate === 'lost' });
};

/** The state that the writer of a plan expects. */
export const asSeenBy = (plan: Plan, state: State): State => ({
  ...state,
  watermark: plan.watermark,
  rebuild: plan.cutoff === undefined ? undefined : { cutoff: plan.cutoff, started: 0, removed: 0 },
  shards: state.shards.map((held, shard) => ({
    ...held,
    checkpoint:
      shard === plan.shard ? plan.checkpoint : (plan.dropped.get(shard) ?? held.checkpoint),
  })),
});
