import type { Tell } from '../engine/search.ts';
import type { OperatorCall } from './operator-call.ts';
import type { Slot, State } from './state.ts';
import type { Step } from './step.ts';
import type { WorldParts } from './world-parts.ts';

/** A command that is to move, from where it stands in a state. */
export interface OperatorMove {
  readonly parts: WorldParts;
  readonly state: State;
  readonly operator: number;
  readonly slot: Slot;
  readonly tell: Tell<State, Step>;
  readonly call: OperatorCall;
}

/** Tells the state that has the command at `slot`. */
export const tellWith = (
  { operator, tell }: OperatorMove,
  next: State,
  slot: Slot,
  step: Step,
): void => {
  next.operators[operator] = slot;
  tell(next, step);
};
