import { KILLED } from './command-runner.ts';
import { emitWith, type OperatorMove } from './operator-move.ts';
import { copyState, type Slot } from './state.ts';

/**
 * Emits the states after killing a command. A command without a successor is not killed, since that is
 * equivalent to its never continuing.
 */
export const killOperator = (move: OperatorMove): void => {
  const { parts, state, operator, call, slot } = move;
  if (!parts.plan.operators.some(({ after }) => after === operator)) return;
  const dead: Slot = { node: KILLED, reply: -1 };
  emitWith(move, copyState(state), dead, { op: 'kill', operator });
  const isOnItsWay = call.kind === 'request' && slot.reply < 0;
  if (!isOnItsWay || state.delayedRequests.length === parts.plan.maxDelayedRequests) return;
  const request = parts.table.requestNumber(call.request);
  if (call.isCorrection) parts.corrections.add(request);
  const delayedRequests = [...state.delayedRequests, request];
  emitWith(move, { ...copyState(state), delayedRequests }, dead, { op: 'killInFlight', operator });
};
