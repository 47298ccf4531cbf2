import type { Emit } from '../engine/search.ts';
import { advance, emitWith, type Move } from './advance-container.ts';
import { copyState, type Slot, type State } from './state.ts';
import type { BatchName, Step } from './step.ts';
import type { Batch } from './streams.ts';
import type { WorldParts } from './world-parts.ts';

/** Emits every possible next state of one container. */
export const moveContainer = async (
  parts: WorldParts,
  state: State,
  container: number,
  emit: Emit<State, Step>,
): Promise<void> => {
  const move: Move = { parts, state, container, emit, slot: state.containers[container] as Slot };
  if (parts.pool.callOf(move.slot).kind === 'event') await moveIdle(move);
  else if (move.slot.reply < 0) await moveAsking(move);
  else await moveAnswered(move);
};

const moveIdle = async (move: Move): Promise<void> => {
  const { parts, state, container, slot } = move;
  for (const batch of parts.source.possible(state)) {
    const step = parts.pool.giveBatch(slot, batch.number, state.clock);
    const handed = parts.plan.leaps === undefined ? state : handOut(state, batch);
    await advance(
      { ...move, state: handed },
      { step, batch, why: { op: 'deliver', container, ...nameOf(batch) } },
    );
  }
  if (parts.plan.faults !== 'requests') await startCold(move, { op: 'coldStart', container });
};

const nameOf = ({ shard, start, end }: Batch): BatchName => ({ shard, start, end });

const handOut = (state: State, { shard: number, start, end }: Batch): State => {
  const next = copyState(state);
  const shard = next.shards[number];
  if (shard && start > shard.delivered) next.leaps += 1;
  if (shard) shard.tried = Math.max(shard.tried, end);
  return next;
};

const moveAsking = async (move: Move): Promise<void> => {
  const { parts, state, container, slot } = move;
  const request = parts.pool.requestOf(slot);
  const apply: Step = { op: 'apply', container };
  const applied = copyState(state);
  const reply = parts.commits.commit(applied, request, { step: apply });
  emitWith(move, applied, { ...slot, reply }, apply);
  if (parts.plan.faults === 'cold starts') return;
  await failRequest(move);
  if (parts.plan.faults === 'requests') return;
  await startCold(move, { op: 'crash', container });
  const delayedRequests = [...state.delayedRequests, request];
  if (delayedRequests.length > parts.plan.maxDelayedRequests) return;
  await startCold({ ...move, state: { ...state, delayedRequests } }, { op: 'abandon', container });
  await abandonAll(move, delayedRequests);
  emitWith(move, { ...copyState(state), delayedRequests }, slot, { op: 'resend', container });
};

// The requests of an invocation that were sent at the same time may all be in flight.
const abandonAll = async (move: Move, requests: readonly number[]): Promise<void> => {
  const { parts, state, container, slot } = move;
  const others = parts.pool.othersOf(slot);
  const delayedRequests = [...requests, ...others];
  if (others.length === 0 || delayedRequests.length > parts.plan.maxDelayedRequests) return;
  await startCold(
    { ...move, state: { ...state, delayedRequests } },
    { op: 'abandonAll', container },
  );
};

const moveAnswered = async (move: Move): Promise<void> => {
  const { parts, state, container, slot } = move;
  const step = parts.pool.giveReply(slot, slot.reply, state.clock);
  await advance(move, { step, batch: batchOf(move), why: { op: 'answer', container } });
  if (parts.plan.faults === 'cold starts') return;
  emitWith(move, copyState(state), { ...slot, reply: -1 }, { op: 'loseAnswer', container });
  await failRequest(move);
  if (parts.plan.faults === 'all') await startCold(move, { op: 'crash', container });
};

const failRequest = async (move: Move): Promise<void> => {
  const { parts, container, slot } = move;
  const state = copyState(move.state);
  if (state.giveUps === parts.plan.giveUps) return;
  if (Number.isFinite(parts.plan.giveUps)) state.giveUps += 1;
  const step = parts.pool.giveError(slot, state.clock);
  await advance({ ...move, state }, { step, batch: batchOf(move), why: { op: 'fail', container } });
};

const startCold = async (move: Move, why: Step): Promise<void> => {
  const node = await move.parts.pool.coldNode();
  emitWith(move, copyState(move.state), { node, reply: -1 }, why);
};

const batchOf = ({ parts, slot }: Move): Batch => {
  const call = parts.pool.callOf(slot);
  if (call.kind === 'request') return call.batch;
  throw new Error('An idle container has no batch');
};
