import { eventOutcomes } from './event-outcomes.ts';
import type { OperatorCall } from './operator-call.ts';
import { firstRecords } from './record-mask.ts';
import { isQuiet } from './recovery.ts';
import type { Slot, State } from './state.ts';
import type { WorldParts } from './world-parts.ts';

/** Whether what a command waits for has happened. */
export const isOver = (
  parts: WorldParts,
  state: State,
  { operator, call }: { readonly operator: number; readonly call: OperatorCall },
): boolean | Promise<boolean> => {
  const { plan, runner } = parts;
  switch (call.kind) {
    case 'begin': {
      const { after } = plan.operators[operator] ?? {};
      // Starting later is equivalent to the rest of the world happening earlier.
      if (after === undefined) return state.clock === 0;
      const stop = runner.stopOf(after, state.operators[after] as Slot);
      return stop === undefined || 'end' in stop;
    }
    case 'sleep':
      return (plan.clocks[state.clock] ?? 0) >= call.untilMs;
    case 'counted':
      return parts.isCounted(state, call.untilMs);
    default:
      throw new Error(`A command cannot wait for a ${call.kind}`);
  }
};

/**
 * Whether only this command is left after the last clock. Time then advances freely, and there is only
 * one possible continuation.
 */
export const isAlone = (parts: WorldParts, state: State, operator: number): boolean =>
  state.clock === parts.plan.clocks.length - 1 &&
  isQuiet(parts, state) &&
  isAllCovered(parts, state) &&
  eventOutcomes(parts, state).every((outcomes) => outcomes.length === 0) &&
  state.operators.every((slot, place) => {
    const stop = parts.runner.stopOf(place, slot);
    return place === operator || stop === undefined || 'end' in stop;
  });

const isAllCovered = ({ streams }: WorldParts, { stream, shards }: State): boolean =>
  streams
    .get(stream)
    .every((records, shard) => shards[shard]?.covered === firstRecords(records.length));
