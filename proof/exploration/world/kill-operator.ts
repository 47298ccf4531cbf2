import { KILLED } from './crew.ts';
import { type OperatorMove, tellWith } from './operator-move.ts';
import { copyState, type Slot } from './state.ts';

/**
 * Emits the states after killing a command. A command without a successor is not killed, since that is
 * equivalent to its never continuing.
 */
export const killOperator = (move: OperatorMove): void => {
  const { parts, state, operator, call, slot } = move;
  if (!parts.plan.operators.some(({ after }) => after === operator)) return;
  const dead: Slot = { node: KILLED, reply: -1 };
  tellWith(move, copyState(state), dead, { op: 'kill', operator });
  const isOnItsWay = call.kind === 'request' && slot.reply < 0;
  if (!isOnItsWay || state.zombies.length === parts.plan.zombies) return;
  const request = parts.table.requestNumber(call.request);
  if (call.isCorrection) parts.corrections.add(request);
  const zombies = [...state.zombies, request];
  tellWith(move, { ...copyState(state), zombies }, dead, { op: 'killLate', operator });
};
