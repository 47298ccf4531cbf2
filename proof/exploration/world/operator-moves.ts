import { canonicalText } from '../dynamodb/attribute-value.ts';
import { type Emit, Violation } from '../engine/search.ts';
import { killOperator } from './kill-operator.ts';
import type { OperatorCall } from './operator-call.ts';
import { emitWith, type OperatorMove as Move } from './operator-move.ts';
import { answerScan } from './session-table.ts';
import { copyState, type Slot, type State } from './state.ts';
import type { Step } from './step.ts';
import { isAlone, isOver } from './waiting.ts';
import type { WorldParts } from './world-parts.ts';

/** Emits every possible next state of a command. */
export const moveOperator = async (
  parts: WorldParts,
  state: State,
  operator: number,
  emit: Emit<State, Step>,
): Promise<void> => {
  const slot = state.operators[operator] as Slot;
  const stop = parts.runner.stopOf(operator, slot);
  if (stop === undefined || 'end' in stop) return;
  const move: Move = { parts, state, operator, slot, emit, call: stop.call };
  if (isWaiting(move)) await moveWaiting(move);
  else if (slot.reply < 0) await sendRequest(move);
  else await receiveReply(move);
  if (stop.call.kind !== 'begin') killOperator(move);
};

const isWaiting = ({ call }: Move): boolean => call.kind !== 'request' && call.kind !== 'scan';

const moveWaiting = async (move: Move): Promise<void> => {
  const { parts, state, operator, call } = move;
  if (await isOver(parts, state, move)) await advance(move, { op: 'continue', operator });
  else if (call.kind === 'sleep' && isAlone(parts, state, operator)) await finish(move);
};

// All of its steps in one, because there may be many: an audit polls sixty times.
const finish = async (move: Move): Promise<void> => {
  const { parts, operator } = move;
  const step: Step = { op: 'finish', operator };
  let { state } = move;
  const emit = (next: State): void => {
    state = next;
  };
  for (;;) {
    const slot = state.operators[operator] as Slot;
    const stop = parts.runner.stopOf(operator, slot);
    if (stop === undefined || 'end' in stop) break;
    const next: Move = { ...move, state, slot, emit, call: stop.call };
    if (isWaiting(next) || slot.reply >= 0) await advance(next, step);
    else await sendRequest(next, step);
  }
  move.emit(state, step);
};

const sendRequest = async (
  move: Move,
  step: Step = { op: 'send', operator: move.operator },
): Promise<void> => {
  const { parts, state, call, slot } = move;
  const next = copyState(state);
  const reply =
    call.kind === 'request'
      ? parts.commits.commit(next, parts.table.requestNumber(call.request), {
          ...{ step, mayCorrect: call.isCorrection },
        })
      : scan(move);
  if (isWrite(call)) emitWith(move, next, { ...slot, reply }, step);
  // A read is answered at once: continuing later is equivalent to making the next call later.
  else await advance({ ...move, slot: { ...slot, reply } }, step);
};

const isWrite = (call: OperatorCall): boolean =>
  call.kind === 'request' && call.request.operation === 'UpdateItem';

const scan = ({ parts, state, call }: Move): number => {
  if (call.kind !== 'scan')
    throw new Error(`A waiting command cannot send a request: ${call.kind}`);
  const reply = answerScan(call.request, parts.streams.get(state.stream));
  return parts.table.replies.numberOf(canonicalText(reply), reply);
};

const receiveReply = async (move: Move): Promise<void> => {
  const { state, operator, slot } = move;
  await advance(move, { op: 'receive', operator });
  const lost: Slot = { ...slot, reply: -1 };
  emitWith(move, copyState(state), lost, { op: 'loseReply', operator });
};

const advance = async (move: Move, step: Step): Promise<void> => {
  const { parts, state, operator, slot } = move;
  const given = parts.runner.give(operator, slot, state.clock);
  const { node, stop } = given instanceof Promise ? await given : given;
  const next = copyState(state);
  if ('end' in stop) {
    const context = {
      errors: parts.commits.errors.get(state.errors),
      stream: parts.streams.get(state.stream),
    };
    const wrong = parts.plan.operators[operator]?.check(stop.end, context);
    if (wrong) throw new Violation(wrong, step);
  }
  await emitEagerly(move, { next, slot: { node: node.id, reply: -1 }, step });
};

interface Progress {
  readonly next: State;
  readonly slot: Slot;
  readonly step: Step;
}

// A step that commutes with everything others may do is taken at once (a partial order reduction): every
// state that taking it later would lead to is still reached.
const emitEagerly = async (move: Move, { next, slot, step }: Progress): Promise<void> => {
  const { parts, operator } = move;
  const stop = parts.runner.stopOf(operator, slot);
  const call = stop && 'call' in stop ? stop.call : undefined;
  const onward: Move | undefined = call && { ...move, state: next, slot, call };
  if (onward && (await isEager(onward))) {
    await (isWaiting(onward) ? advance(onward, step) : sendRequest(onward, step));
  } else emitWith(move, next, slot, step);
};

const isEager = async ({ parts, state, operator, call }: Move): Promise<boolean> => {
  if (!parts.plan.isEager) return false;
  // Counted records stay counted, and the code does not read the clock when it learns this.
  if (call.kind === 'counted') return isOver(parts, state, { operator, call });
  // Where rows neither come nor go, it does not matter when they are read.
  return call.kind === 'scan' && parts.plan.externalEvents.length === 0;
};
