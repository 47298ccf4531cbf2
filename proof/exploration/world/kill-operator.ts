import { KILLED } from './crew.ts';
import { type OperatorMove, tellWith } from './operator-move.ts';
import { copyState, type Slot } from './state.ts';

/**
 * Tells what comes of killing a command. One that nobody takes the place of is not killed: it may as
 * well stand still for ever.
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
