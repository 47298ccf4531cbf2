import { EVENT_SOURCE } from '../../../src/tables/event-source-settings.ts';
import { withoutGap } from './record-mask.ts';
import type { State } from './state.ts';
import type { Batch, Streams } from './streams.ts';
import type { WorldPlan } from './world-plan.ts';

/** The event source of a world, under the settings of the deployed mapping. */
export interface EventSource {
  /** The batches it may deliver now: any that starts at or before the next record. */
  readonly possible: (state: State) => readonly Batch[];
  /** Whether every record that would expire or exceed the projector's lag by `nowMs` is delivered. */
  readonly isDeliveredBy: (state: State, nowMs: number) => boolean;
  /** Whether it starts with the records written after its start. */
  readonly isLatest: boolean;
  /** Whether it may give up a batch that keeps failing. */
  readonly maySkip: boolean;
}

const { proof } = EVENT_SOURCE;
const CUTOFF = { lanes: proof.parallelizationFactor, hasWindow: proof.tumblingWindowSeconds > 0 };

/** The event source of these streams. */
export const createEventSource = (plan: WorldPlan, streams: Streams): EventSource => {
  const isHeld = (state: State, shard: number, place: number, nowMs: number): boolean => {
    const record = streams.get(state.stream)[shard]?.[place];
    return record === undefined || record.writtenMs + plan.redeliveryMs >= nowMs;
  };
  return {
    possible: (state) =>
      streams.batches(state.stream, CUTOFF).filter(({ shard, start, end }) => {
        const { delivered = 0, tried = 0, covered = 0 } = state.shards[shard] ?? {};
        if (plan.faults === 'cold starts' && end <= withoutGap(covered)) return false;
        // The halves of a bisected batch may be delivered in any order.
        const mayLeap = end <= tried && state.leaps < (plan.leaps ?? 0);
        const isAllowed = start <= delivered || mayLeap || proof.bisectBatchOnFunctionError;
        return isAllowed && isHeld(state, shard, start, plan.clocks[state.clock] ?? 0);
      }),
    isDeliveredBy: (state, nowMs) =>
      state.shards.every(({ delivered, covered }, shard) => {
        const waiting = streams.get(state.stream)[shard]?.[withoutGap(covered)];
        const isInTime = waiting === undefined || waiting.writtenMs + plan.lagMs >= nowMs;
        return isInTime && isHeld(state, shard, delivered, nowMs);
      }),
    isLatest: (proof.startingPosition as string) === 'LATEST',
    maySkip: Math.max(proof.maximumRetryAttempts, proof.maximumRecordAgeSeconds) >= 0,
  };
};
