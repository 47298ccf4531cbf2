import type { Stop } from '../engine/program.ts';
import { type Emit, Violation } from '../engine/search.ts';
import type { ContainerCall } from './container-call.ts';
import type { ContainerStep } from './container-pool.ts';
import { firstRecords } from './record-mask.ts';
import { shardName } from './shard-name.ts';
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

interface Move {
  readonly parts: WorldParts;
  readonly state: State;
  readonly container: number;
  readonly slot: Slot;
  readonly emit: Emit<State, Step>;
}

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

const emitWith = ({ container, emit }: Move, next: State, slot: Slot, why: Step): void => {
  next.containers[container] = slot;
  emit(next, why);
};

const batchOf = ({ parts, slot }: Move): Batch => {
  const call = parts.pool.callOf(slot);
  if (call.kind === 'request') return call.batch;
  throw new Error('An idle container has no batch');
};

/** A step after which the code of a container runs. */
type DeliveryStep = Extract<Step, { readonly op: 'deliver' | 'answer' | 'fail' }>;

interface Progress {
  readonly step: ContainerStep;
  readonly batch: Batch;
  readonly why: DeliveryStep;
}

// Whether the container sends another request or ends, and how the event source handles the end.
const advance = async (move: Move, { step, batch, why }: Progress): Promise<void> => {
  const edge = step instanceof Promise ? await step : step;
  const orders = move.parts.pool.ordersOf(edge, move.state.clock);
  for (const [first, order] of orders.entries()) {
    const { node, stop } = order instanceof Promise ? await order : order;
    await arrive(move, { node, stop, batch, why: orders.length > 1 ? { ...why, first } : why });
  }
};

interface Arrival extends Pick<Progress, 'batch' | 'why'> {
  readonly node: { readonly id: number };
  readonly stop: Stop<ContainerCall>;
}

const arrive = async (move: Move, { node, stop, batch, why }: Arrival): Promise<void> => {
  const outcome = 'call' in stop && stop.call.kind === 'event' ? stop.call.outcome : undefined;
  const isDiscarded = outcome !== undefined && move.parts.plan.discardsContainers;
  const slot = { node: isDiscarded ? await move.parts.pool.coldNode() : node.id, reply: -1 };
  const next = copyState(move.state);
  if (outcome === 'taken') assertCovered(next, batch, why);
  if (outcome === 'taken') passOver(next, batch);
  emitWith(move, next, slot, why);
  if (outcome !== 'failed' || !move.parts.source.maySkip) return;
  const skipped = copyState(move.state);
  passOver(skipped, batch);
  emitWith(move, skipped, slot, why);
};

const passOver = ({ shards }: State, { shard: number, start, end }: Batch): void => {
  const shard = shards[number];
  if (shard && start <= shard.delivered) shard.delivered = Math.max(shard.delivered, end);
};

const assertCovered = ({ shards }: State, { shard, start, end }: Batch, why: Step): void => {
  const covered = shards[shard]?.covered ?? 0;
  const all = firstRecords(end) & ~firstRecords(start);
  if ((all & ~covered) === 0) return;
  const batch = `records ${start + 1} to ${end} of ${shardName(shard)}`;
  throw new Violation(
    `An invocation reports success for ${batch}, but not all of them are counted`,
    why,
  );
};
