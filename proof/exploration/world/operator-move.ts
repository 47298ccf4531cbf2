import type { Emit } from '../engine/search.ts';
import type { OperatorCall } from './operator-call.ts';
import type { Slot, State } from './state.ts';
import type { Step } from './step.ts';
import type { WorldParts } from './world-parts.ts';

/** A possible move of a command in a state. */
export interface OperatorMove {
  readonly parts: WorldParts;
  readonly state: State;
  readonly operator: number;
  readonly slot: Slot;
  readonly emit: Emit<State, Step>;
  readonly call: OperatorCall;
}

/** Emits the state with the command at `slot`. */
export const emitWith = (
  { operator, emit }: OperatorMove,
  next: State,
  slot: Slot,
  step: Step,
): void => {
  next.operators[operator] = slot;
  emit(next, step);
};
